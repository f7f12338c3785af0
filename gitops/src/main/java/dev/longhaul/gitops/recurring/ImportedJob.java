package dev.longhaul.gitops.recurring;

import java.time.ZoneId;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.recurring.RecurringJob;
import dev.longhaul.gitops.change.RepositoryFiles;
import dev.longhaul.gitops.definition.DefinitionFile;
import dev.longhaul.gitops.definition.DefinitionFolder;
import dev.longhaul.gitops.definition.DerivedName;
import dev.longhaul.gitops.form.Reading;
import dev.longhaul.gitops.form.TextDocument;

/**
 * A BackupJob that does what a RecurringJob does.
 *
 * @param retain what becomes of the number that the RecurringJob keeps
 */
record ImportedJob(RecurringJob job, Set<ApplicationDefinition> applications, ZoneId zone, Retain retain) {

	/** What becomes of the number that a RecurringJob keeps. */
	enum Retain {

		/** It is the retention of the applications. */
		DECLARED,

		/** It is written down only: other jobs' restore points would go by it, too. */
		COMMENT

	}

	/** Of names tried until one is free; a repository has tens of jobs. */
	private static final int MOST_NAMES = 100;

	/**
	 * Where it goes; empty if it is in a file already.
	 */
	Optional<String> freePath(RepositoryFiles files) {
		boolean imported = files.definitions()
			.stream()
			.map(DefinitionFile::text)
			.flatMap(String::lines)
			.anyMatch(line -> line.equals(mark()));
		if (imported) {
			return Optional.empty();
		}
		Set<String> taken = jobs(files.definitions());
		return IntStream.rangeClosed(1, MOST_NAMES)
			.mapToObj(attempt -> DerivedName.of(job.name(), "recurring", attempt))
			.filter(name -> !taken.contains(name) && files.text(path(name)).isEmpty())
			.map(ImportedJob::path)
			.findFirst();
	}

	private static Set<String> jobs(Collection<DefinitionFile> files) {
		return files.stream()
			.filter(file -> file.file().endsWith(".yaml"))
			.flatMap(file -> TextDocument.of(file.file(), file.text(), new Reading()).stream())
			.filter(document -> !document.textAt("kind").equals("Application"))
			.map(document -> document.textAt("metadata", "name"))
			.collect(Collectors.toSet());
	}

	private static String path(String name) {
		return "%s/jobs/%s.yaml".formatted(DefinitionFolder.NAME, name);
	}

	/** The line by which it is found again. */
	private String mark() {
		return "# From Longhorn's RecurringJob '%s'.".formatted(job.name());
	}

	/**
	 * The text of its file.
	 * @param path of the file
	 */
	String document(String path) {
		String name = path.substring(path.lastIndexOf('/') + 1, path.length() - ".yaml".length());
		StringBuilder text = new StringBuilder(
				"""
						%s
						# Longhorn goes on with that one: whoever owns it takes it out of Git or Longhorn after the first proven night.
						apiVersion: longhaul.dev/v1
						kind: BackupJob
						metadata:
						  name: %s
						spec:
						  schedule: "%s"
						  # Longhorn names none: it is the clock of the kube-controller-manager.
						  timeZone: %s
						  applications:
						"""
					.formatted(mark(), name, job.cron(), zone.getId()));
		applications.stream()
			.map(ApplicationDefinition::name)
			.sorted()
			.forEach(application -> text.append("    - ").append(application).append('\n'));
		text.append((retain == Retain.DECLARED) ? "  retention:\n    last: " : "  # retain: ");
		return text.append(job.retain()).append('\n').toString();
	}

}
