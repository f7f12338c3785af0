package dev.longhaul.gitops.change;

import java.util.List;
import java.util.Optional;

import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.definition.DefinitionFile;
import dev.longhaul.gitops.definition.DefinitionFolder;

/**
 * The document that declares a job, as it stands in Git.
 *
 * @param file its path in the repository
 * @param text of the whole file if it holds nothing else, comments and all
 */
public record JobDocument(String file, String text) {

	/** Empty if none of the files declares it. */
	public static Optional<JobDocument> find(List<DefinitionFile> files, JobName job) {
		List<DefinitionFile> candidates = files.stream().filter(file -> file.text().contains(job.value())).toList();
		return DefinitionFolder.kindsIn("jobs")
			.stream()
			.map(kind -> new DocumentName(kind, job.value()).findIn(candidates))
			.flatMap(Optional::stream)
			.map(place -> new JobDocument(place.path(),
					place.isAlone() ? place.document().text().stripTrailing() : place.document().body()))
			.findFirst();
	}

}
