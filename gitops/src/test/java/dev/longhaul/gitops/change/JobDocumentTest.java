package dev.longhaul.gitops.change;

import java.util.List;

import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.definition.DefinitionFile;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JobDocumentTest {

	private static final String NIGHTLY = """
			# Ours.
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata: {name: nightly}
			spec: {schedule: "30 2 * * *"} # at night
			""";

	private static final String WEEKLY = """
			apiVersion: longhaul.dev/v1
			kind: VerifyJob
			metadata: {name: weekly}
			spec: {after: nightly}
			""";

	private static final JobName JOB = new JobName("nightly");

	@Test
	void aFileOfItsOwnIsShownWithItsComments() {
		List<DefinitionFile> files = List.of(DefinitionFile.of("longhaul/jobs/weekly.yaml", WEEKLY),
				DefinitionFile.of("longhaul/jobs/nightly.yaml", NIGHTLY));

		assertThat(JobDocument.find(files, JOB))
			.hasValue(new JobDocument("longhaul/jobs/nightly.yaml", NIGHTLY.stripTrailing()));
	}

	@Test
	void ofAFileWithSeveralItIsTheOneThatDeclaresIt() {
		List<DefinitionFile> files = List.of(DefinitionFile.of("longhaul/jobs/all.yaml", WEEKLY + "---\n" + NIGHTLY));

		assertThat(JobDocument.find(files, new JobName("weekly")).orElseThrow().text())
			.isEqualTo(WEEKLY.stripTrailing());
		assertThat(JobDocument.find(files, JOB).orElseThrow().text()).startsWith("apiVersion")
			.endsWith("# at night")
			.doesNotContain("weekly");
	}

	@Test
	void whatNobodyDeclaresIsNotThere() {
		assertThat(JobDocument.find(List.of(DefinitionFile.of("longhaul/jobs/weekly.yaml", WEEKLY),
				DefinitionFile.of("longhaul/jobs/broken.yaml", "nightly: [")), JOB))
			.isEmpty();
	}

}
