package dev.longhaul.gitops.recurring;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.recurring.RecurringJob;
import dev.longhaul.core.recurring.RecurringMembership;
import dev.longhaul.core.recurring.RecurringTask;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.Robustness;
import dev.longhaul.core.volume.Volume;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.core.volume.VolumeState;
import dev.longhaul.gitops.change.Proposal;
import dev.longhaul.gitops.change.Repository;
import dev.longhaul.gitops.drift.InCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ImportRecurringJobsTest {

	private static final String APPLICATION = """
			apiVersion: longhaul.dev/v1
			kind: Application
			metadata:
			  name: %s
			spec:
			  namespace: %s
			  volumes:
			    - claim: data
			    - claim: db
			""";

	private final List<RecurringJob> jobs = new ArrayList<>();

	private final List<Volume> volumes = new ArrayList<>();

	private final Map<VolumeName, RecurringMembership> memberships = new HashMap<>();

	private Repository repository = new Repository(
			new TreeMap<>(Map.of("longhaul/applications/gitea.yaml", APPLICATION.formatted("gitea", "gitea"),
					"longhaul/applications/wiki.yaml", APPLICATION.formatted("wiki", "wiki"))));

	ImportRecurringJobsTest() {
		mount("gitea/data", Map.of());
		mount("gitea/db", Map.of());
		mount("wiki/data", Map.of("recurring-job.longhorn.io/wiki", "enabled"));
		mount("wiki/db", Map.of("recurring-job.longhorn.io/wiki", "enabled"));
	}

	@Test
	void declaresABackupJobOfTheApplicationsWhoseVolumesItWorksOn() {
		jobs.add(job("backup-all", RecurringTask.BACKUP, "0 1 * * *", 7));

		Proposal proposal = importing().apply(repository);

		assertThat(proposal.subject()).isEqualTo("longhaul: import RecurringJob backup-all");
		assertThat(proposal.notes()).isEmpty();
		assertThat(proposal.files()).containsExactly(Map.entry("longhaul/jobs/backup-all.yaml",
				"""
						# From Longhorn's RecurringJob 'backup-all'.
						# Longhorn goes on with that one: whoever owns it takes it out of Git or Longhorn after the first proven night.
						apiVersion: longhaul.dev/v1
						kind: BackupJob
						metadata:
						  name: backup-all
						spec:
						  schedule: "0 1 * * *"
						  # Longhorn names none: it is the clock of the kube-controller-manager.
						  timeZone: Europe/Berlin
						  applications:
						    - gitea
						  retention:
						    last: 7
						"""));
	}

	@Test
	void aSecondTimeNothingChangesEvenIfItWasEdited() {
		jobs.add(job("backup-all", RecurringTask.BACKUP, "0 1 * * *", 7));
		Repository imported = repository.after(importing());
		imported.files()
			.compute("longhaul/jobs/backup-all.yaml",
					(path, text) -> String.valueOf(text).replace("0 1 * * *", "0 3 * * *"));

		assertThat(importing().apply(imported).files()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "Backup_All.v2, backup-all-v2", "___, recurring", "nightly, nightly-2",
			"a-name-of-Longhorn-that-is-longer-than-40-of-ours, a-name-of-longhorn-that-is-longer-than-4" })
	void itsNameIsMadeValidAndFree(String name, String expected) {
		jobs.add(job(name, RecurringTask.BACKUP, "0 1 * * *", 7));
		declareNightly();

		assertThat(importing().apply(repository).files()).containsOnlyKeys("longhaul/jobs/" + expected + ".yaml");
		assertThat(repository.after(importing()).files()).hasSize(4);
	}

	@Test
	void twoWhoseNamesBecomeTheSameAreTwoJobs() {
		jobs.add(job("a.b", RecurringTask.BACKUP, "0 1 * * *", 7));
		jobs.add(job("a_b", RecurringTask.BACKUP, "0 2 * * *", 7));

		Repository imported = repository.after(importing());

		assertThat(imported.files()).containsKeys("longhaul/jobs/a-b.yaml", "longhaul/jobs/a-b-2.yaml");
		assertThat(importing().apply(imported).files()).isEmpty();
	}

	@Test
	void whatItKeepsIsACommentWhereOtherJobsRestorePointsWouldGoByIt() {
		jobs.add(job("first", RecurringTask.BACKUP, "0 1 * * *", 7));
		jobs.add(job("second", RecurringTask.BACKUP, "0 2 * * *", 2));

		Proposal proposal = importing().apply(repository);

		assertThat(proposal.files().values()).hasSize(2)
			.allSatisfy(text -> assertThat(text).contains("  # retain: ").doesNotContain("retention"));
		assertThat(proposal.notes())
			.contains("retain 7 of RecurringJob 'first' is only a comment: other jobs back up the "
					+ "same applications, and a retention is of all their restore points");
		jobs.remove(1);
		declareNightly();
		assertThat(importing().apply(repository).files().values()).singleElement()
			.asString()
			.doesNotContain("retention");
	}

	@Test
	void whatOnlyTookSnapshotsOrWorkedOnAPartIsNoted() {
		jobs.add(job("wiki", RecurringTask.SNAPSHOT_FORCE_CREATE, "@daily", 1));
		mount("wiki/db", Map.of());

		assertThat(importing().apply(repository).notes()).containsExactly(
				"RecurringJob 'wiki' only takes snapshots; its BackupJob backs them up, too",
				"RecurringJob 'wiki' works on a part of application 'wiki'; its BackupJob backs up the whole");
	}

	@Test
	void whatDoesNotCopyIsNotImported() {
		jobs.add(job("trim", RecurringTask.FILESYSTEM_TRIM, "0 1 * * *", 0));
		jobs.add(job("tidy", RecurringTask.SNAPSHOT_DELETE, "0 1 * * *", 3));

		assertThat(importing().apply(repository).files()).isEmpty();
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> importing("trim").apply(repository))
			.withMessage("no RecurringJob 'trim' takes snapshots or backups");
	}

	@Test
	void aClaimThatNoApplicationHoldsWouldBeLostSoNothingIsImportedBeforeItIsDeclared() {
		jobs.add(job("backup-all", RecurringTask.BACKUP, "0 1 * * *", 7));
		jobs.add(job("wiki", RecurringTask.BACKUP, "0 2 * * *", 7));
		mount("chat/data", Map.of());

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> importing().apply(repository))
			.withMessage("RecurringJob 'backup-all' works on claims that no declared application holds: chat/data")
			.satisfies(failure -> assertThat(failure.hint()).contains("'longhaul gitops init --kubeconfig FILE'"));
		assertThat(importing("wiki").apply(repository).files()).containsOnlyKeys("longhaul/jobs/wiki.yaml");
	}

	@Test
	void aScheduleThatOnlyLonghornUnderstandsIsRefused() {
		jobs.add(job("often", RecurringTask.BACKUP, "@every 1h", 7));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> importing().apply(repository))
			.withMessageStartingWith("RecurringJob 'often': '@every 1h' is no cron expression: ");
	}

	@Test
	void definitionsWithAMistakeAreNotAddedTo() {
		repository.files().put("longhaul/jobs/broken.yaml", "kind: BackupJob\n");

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> importing().apply(repository))
			.withMessageStartingWith("longhaul/jobs/broken.yaml:1:1: ");
	}

	private ImportRecurringJobs importing(String... chosen) {
		InCluster cluster = new InCluster(volumes, List.of(), jobs, memberships, List.of());
		return new ImportRecurringJobs(cluster, Set.of(chosen), ZoneId.of("Europe/Berlin"));
	}

	private void declareNightly() {
		repository.files().put("longhaul/jobs/all.yaml", """
				apiVersion: longhaul.dev/v1
				kind: BackupJob
				metadata: {name: nightly}
				spec: {schedule: "0 0 * * *"}
				""");
	}

	private void mount(String claim, Map<String, String> labels) {
		ClaimRef ref = ClaimRef.parse(claim);
		VolumeName name = new VolumeName(claim.replace('/', '-'));
		volumes.removeIf(before -> before.name().equals(name));
		volumes.add(new Volume(name, new ByteSize(1 << 30), ByteSize.ZERO, VolumeState.ATTACHED, Robustness.HEALTHY, 3,
				ref, "default", false, Instant.EPOCH));
		memberships.put(name, RecurringMembership.ofLabels(labels));
	}

	private static RecurringJob job(String name, RecurringTask task, String cron, int retain) {
		return new RecurringJob(name, task, cron, name.equals("wiki") ? Set.of() : Set.of("default"), retain);
	}

}
