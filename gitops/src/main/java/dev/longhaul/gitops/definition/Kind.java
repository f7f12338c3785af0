package dev.longhaul.gitops.definition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.longhaul.gitops.form.Field;
import dev.longhaul.gitops.form.Form;
import dev.longhaul.gitops.form.Forms;
import dev.longhaul.gitops.form.ObjectForm;

/**
 * A kind of definition.
 *
 * @param folder it belongs in
 * @param form of the whole document
 */
record Kind(String word, String folder, Form<?> form) {

	static final String API_VERSION = "longhaul.dev/v1";

	static final List<Kind> ALL = List.of(kind("Application", "applications", Names.APPLICATION, ApplicationForm.SPEC),
			kind("BackupJob", "jobs", Names.JOB, JobForms.BACKUP),
			kind("VerifyJob", "jobs", Names.JOB, JobForms.VERIFY),
			kind("MirrorJob", "jobs", Names.JOB, JobForms.MIRROR), kind("DrillJob", "jobs", Names.JOB, JobForms.DRILL));

	private static <N, D> Kind kind(String word, String folder, Form<N> name, Form<Function<N, D>> spec) {
		Field<N> nameField = Field.required("name", name, "Its name; there is one of that name.");
		Field<N> metadata = Field.required("metadata",
				ObjectForm.of("its name", values -> values.get(nameField), nameField), "Its name.");
		Field<Function<N, D>> specField = Field.required("spec", spec, "What is wanted.");
		return new Kind(word, folder,
				ObjectForm.of(word + " of " + API_VERSION, values -> values.get(specField).apply(values.get(metadata)),
						constant("apiVersion", API_VERSION), constant("kind", word), metadata, specField));
	}

	private static Field<String> constant(String key, String value) {
		return Field.required(key, Forms.oneOf(List.of(value), text -> text), value + ".");
	}

	/** The folders that hold definitions. */
	static List<String> folders() {
		return ALL.stream().map(Kind::folder).distinct().toList();
	}

	/** Those that belong in a folder; none for any other folder. */
	static List<Kind> in(String folder) {
		return ALL.stream().filter(kind -> kind.folder.equals(folder)).toList();
	}

	/** All kinds as one JSON Schema, for editors. */
	static Map<String, Object> schema() {
		Map<String, Object> schema = new LinkedHashMap<>();
		schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
		schema.put("title", "Applications and jobs of Longhaul");
		schema.put("type", "object");
		schema.put("required", List.of("apiVersion", "kind"));
		schema.put("oneOf", ALL.stream().map(kind -> kind.form().schema()).toList());
		return schema;
	}

}
