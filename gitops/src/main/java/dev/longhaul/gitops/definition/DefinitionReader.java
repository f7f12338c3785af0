package dev.longhaul.gitops.definition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.gitops.form.Position;
import dev.longhaul.gitops.form.Problem;
import dev.longhaul.gitops.form.Reading;
import dev.longhaul.gitops.form.YamlFile;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads definitions: all files of the folder together, or one that stands for itself.
 */
public final class DefinitionReader {

	/** Of one folder. A repository has tens of them. */
	public static final int MOST_FILES = 2000;

	private final Reading reading = new Reading();

	private final List<ApplicationDefinition> applications = new ArrayList<>();

	private final List<JobDefinition> jobs = new ArrayList<>();

	private DefinitionReader() {
	}

	/**
	 * Pure: the same files give the same result. Files beside the folders {@code jobs}
	 * and {@code applications} are not looked at.
	 */
	public static ReadResult read(List<DefinitionFile> files) {
		DefinitionReader reader = new DefinitionReader();
		files.stream().limit(MOST_FILES).forEach(reader::read);
		reader.refuseMoreThan(files);
		reader.agree();
		return reader.result();
	}

	/**
	 * Pure: reads one file that stands for itself, wherever it is; whether what it names
	 * is defined elsewhere is not looked at.
	 */
	public static ReadResult readAlone(String file, String text) {
		DefinitionReader reader = new DefinitionReader();
		reader.documents(file, text, Kind.ALL).forEach(document -> reader.read(document, Kind.ALL, "here"));
		return reader.result();
	}

	private void read(DefinitionFile file) {
		List<Kind> kinds = Kind.in(file.folder());
		if (kinds.isEmpty() || file.isHidden()) {
			return;
		}
		if (file.file().endsWith(".yaml")) {
			documents(file.file(), file.text(), kinds)
				.forEach(document -> read(document, kinds, "in " + file.folder() + "/"));
		}
		else if (file.file().endsWith(".yml") || file.file().endsWith(".json")) {
			// Overlooked because of its ending it would be a silent gap.
			reading.refuse(Position.startOf(file.file()), "this file would not be read", "its name must end in .yaml");
		}
	}

	private void refuseMoreThan(List<DefinitionFile> files) {
		if (files.size() > MOST_FILES) {
			reading.refuse(Position.startOf(files.get(MOST_FILES).file()), "this is one file too many",
					"expected at most %d".formatted(MOST_FILES));
		}
	}

	private List<Node> documents(String file, String text, List<Kind> kinds) {
		if (text.length() > DefinitionFile.LONGEST) {
			reading.refuse(Position.startOf(file), "this file is too long",
					"expected at most %d bytes".formatted(DefinitionFile.LONGEST));
			return List.of();
		}
		int before = reading.count();
		List<Node> documents = YamlFile.documents(file, text, reading);
		if (documents.isEmpty() && reading.count() == before) {
			reading.refuse(Position.startOf(file), "there is nothing in this file",
					"expected " + words(kinds) + ", or no file");
		}
		return documents;
	}

	private void read(Node document, List<Kind> kinds, String place) {
		String word = YamlFile.textAt(document, "kind");
		Optional<Kind> kind = kinds.stream().filter(known -> known.word().equals(word)).findFirst();
		if (kind.isEmpty()) {
			reading.refuse(Position.of(document),
					word.isEmpty() ? "'kind' does not say what this is" : "kind '" + word + "' does not belong here",
					"expected " + place + ": " + words(kinds));
			return;
		}
		kind.get().form().read(document, reading).ifPresent(this::keep);
	}

	private static String words(List<Kind> kinds) {
		return kinds.stream().map(Kind::word).collect(Collectors.joining(", "));
	}

	private void keep(Object definition) {
		if (definition instanceof ApplicationDefinition application) {
			applications.add(application);
		}
		else {
			jobs.add((JobDefinition) definition);
		}
	}

	/** What one file got wrong, others cannot name: first those mistakes, then these. */
	private void agree() {
		if (reading.count() == 0) {
			new Agreement(definitions(), reading).check();
		}
	}

	private Definitions definitions() {
		applications.sort(Comparator.comparing(application -> application.name().value()));
		jobs.sort(Comparator.comparing(job -> job.name().value()));
		return new Definitions(applications, jobs);
	}

	private ReadResult result() {
		List<Problem> problems = reading.problems();
		return problems.isEmpty() ? new ReadResult.Sound(definitions()) : new ReadResult.Refused(problems);
	}

}
