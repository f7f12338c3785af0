package dev.longhaul.gitops.definition;

import java.util.function.Function;

import dev.longhaul.core.profile.Check;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumePath;
import dev.longhaul.gitops.form.Field;
import dev.longhaul.gitops.form.Form;
import dev.longhaul.gitops.form.Forms;
import dev.longhaul.gitops.form.ObjectForm;
import dev.longhaul.gitops.form.Values;
import org.jspecify.annotations.Nullable;

/**
 * The form of one check, completed by the application's namespace.
 */
final class CheckForm {

	private static final Form<VolumePath> PATH = Forms.text("a path from the top of a volume, such as data/db.sqlite3",
			"^[^/]+(/[^/]+)*$", VolumePath::new);

	private static final Field<VolumePath> SQLITE = Field.optional("sqlite", PATH,
			"An SQLite database: its integrity_check and foreign_key_check find nothing.");

	private static final Field<VolumePath> PRESENT = Field.optional("present", PATH,
			"A file that is there and not empty.");

	private static final Field<String> CLAIM = Field.optional("claim", Names.OBJECT,
			"The PersistentVolumeClaim on whose volume it lies; needed if the application has several.");

	private static final Field<String> NAMESPACE = Field.optional("namespace", Names.NAMESPACE,
			"Where that claim is, if not in the application's namespace.");

	static final Form<Function<String, Check>> CHECK = ObjectForm.of("either 'sqlite' or 'present'", CheckForm::check,
			SQLITE, PRESENT, CLAIM, NAMESPACE);

	private CheckForm() {
	}

	private static Function<String, Check> check(Values values) {
		VolumePath sqlite = values.find(SQLITE);
		VolumePath present = values.find(PRESENT);
		ApplicationForm.requireOne(sqlite, present);
		return namespace -> {
			ClaimRef claim = claim(values, namespace);
			return (sqlite != null) ? new Check.SqliteIntegrity(claim, sqlite, Check.Location.DECLARED)
					: new Check.FilePresent(claim, values.get(PRESENT));
		};
	}

	private static @Nullable ClaimRef claim(Values values, String namespace) {
		String name = values.find(CLAIM);
		String other = values.find(NAMESPACE);
		return (name == null) ? null : new ClaimRef((other != null) ? other : namespace, name);
	}

}
