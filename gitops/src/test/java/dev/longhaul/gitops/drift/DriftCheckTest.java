package dev.longhaul.gitops.drift;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.cluster.QuietRecord;
import dev.longhaul.core.recurring.RecurringJob;
import dev.longhaul.core.recurring.RecurringMembership;
import dev.longhaul.core.recurring.RecurringTask;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.Claim;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.Robustness;
import dev.longhaul.core.volume.Volume;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.core.volume.VolumeState;
import dev.longhaul.gitops.definition.DefinitionFile;
import dev.longhaul.gitops.definition.DefinitionReader;
import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.gitops.definition.ReadResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class DriftCheckTest {

	private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

	private static final String GITEA = """
			apiVersion: longhaul.dev/v1
			kind: Application
			metadata:
			  name: gitea
			spec:
			  namespace: gitea
			  volumes:
			    - claim: shared
			    - matchLabels:
			        tier: db
			""";

	private static final String NIGHTLY = """
			# Every night.
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata:
			  name: nightly
			spec:
			  schedule: "30 2 * * *"
			""";

	private static final Claim SHARED = new Claim(new ClaimRef("gitea", "shared"), Map.of());

	private static final Claim DATABASE = new Claim(new ClaimRef("gitea", "data-0"), Map.of("tier", "db"));

	private static final Claim FOREIGN = new Claim(new ClaimRef("wiki", "pages"), Map.of());

	private static final Night LAST_NIGHT = night("nightly", "2026-11-22T02:30:00Z");

	private final List<DefinitionFile> files = new ArrayList<>();

	private final List<Volume> volumes = new ArrayList<>();

	private final List<Claim> claims = new ArrayList<>();

	private final List<RecurringJob> recurring = new ArrayList<>();

	private final Map<VolumeName, RecurringMembership> memberships = new HashMap<>();

	private final List<QuietRecord> quiet = new ArrayList<>();

	DriftCheckTest() {
		declare("applications/gitea.yaml", GITEA);
		declare("jobs/nightly.yaml", NIGHTLY);
		mount("v-shared", SHARED, Map.of());
		mount("v-data", DATABASE, Map.of());
	}

	@Test
	void findsNothingWhereAllRunsAsDeclared() {
		Drift drift = drift();

		assertThat(drift.findings()).isEmpty();
		assertThat(drift.isDrift()).isFalse();
		assertThat(DriftKind.values()).allMatch(drift::isKnown);
	}

	@Test
	void aBackupOfLonghornsOwnConflictsWithTheApplicationThatHoldsItsVolumes() {
		recurring.add(job("all", RecurringTask.BACKUP, Set.of("default"), 7));

		assertThat(drift().findings()).singleElement().satisfies(finding -> {
			assertThat(finding.kind()).isEqualTo(DriftKind.RECURRING_JOB_CONFLICT);
			assertThat(finding.subject()).isEqualTo("RecurringJob 'all'");
			assertThat(finding.fact())
				.isEqualTo("backup at '0 1 * * *' in the time of the kube-controller-manager, retain 7, "
						+ "on gitea/shared (gitea), gitea/data-0 (gitea)");
			assertThat(finding.reason()).contains("with nothing quiet", "deletes only backups of its own");
			assertThat(finding.position()).hasToString("longhaul/applications/gitea.yaml:4:9");
		});
	}

	@ParameterizedTest
	@CsvSource({ "recurring-job.longhorn.io/mine, enabled, 1", "recurring-job.longhorn.io/mine, disabled, 0",
			"recurring-job.longhorn.io/other, enabled, 0", "recurring-job-group.longhorn.io/db, enabled, 1",
			"recurring-job-group.longhorn.io/default, enabled, 0" })
	void aVolumeTakesPartByItsLabels(String label, String value, int conflicts) {
		recurring.add(job("mine", RecurringTask.SNAPSHOT, Set.of("db"), 1));
		mount("v-data", DATABASE, Map.of(label, value));

		assertThat(drift().count(DriftKind.RECURRING_JOB_CONFLICT)).isEqualTo(conflicts);
	}

	@Test
	void aVolumeWithALabelIsNotInTheDefaultGroup() {
		recurring.add(job("all", RecurringTask.BACKUP, Set.of("default"), 7));
		mount("v-data", DATABASE, Map.of("recurring-job.longhorn.io/other", "enabled"));

		assertThat(drift().findings()).singleElement()
			.extracting(Finding::fact)
			.asString()
			.endsWith("on gitea/shared (gitea)");
	}

	@ParameterizedTest
	@EnumSource(RecurringTask.class)
	void everyTaskIsSaidToConflictOrToBeHarmless(RecurringTask task) {
		recurring.add(job("any", task, Set.of("default"), 3));
		Set<RecurringTask> harmless = Set.of(RecurringTask.SNAPSHOT_CLEANUP, RecurringTask.FILESYSTEM_TRIM,
				RecurringTask.SYSTEM_BACKUP);

		Drift drift = drift();

		assertThat(drift.findings()).singleElement().satisfies(finding -> assertThat(finding.reason()).isNotBlank());
		assertThat(drift.isDrift()).isEqualTo(!harmless.contains(task));
	}

	@Test
	void aJobThatDeletesSnapshotsOfAnyoneConflictsWithNights() {
		recurring.add(job("tidy", RecurringTask.SNAPSHOT_DELETE, Set.of("default"), 3));

		assertThat(drift().findings()).singleElement()
			.extracting(Finding::reason)
			.asString()
			.contains("deletes the oldest snapshots beyond 3, whoever took them");
	}

	@Test
	void whatNoApplicationHoldsIsUnprotectedEvenIfLonghornBacksItUp() {
		mount("v-wiki", FOREIGN, Map.of("recurring-job.longhorn.io/wiki", "enabled"));
		recurring.add(job("wiki", RecurringTask.BACKUP_FORCE_CREATE, Set.of(), 2));

		assertThat(drift().findings()).extracting(Finding::kind, Finding::subject)
			.containsExactly(tuple(DriftKind.RECURRING_JOB_UNDECLARED, "RecurringJob 'wiki'"),
					tuple(DriftKind.VOLUME_UNPROTECTED, "claim 'wiki/pages'"));
	}

	@Test
	void aVolumeThatNobodyClaimsOrThatIsGoingNeedsNoApplication() {
		mount("v-free", null, VolumeState.DETACHED);
		mount("v-going", FOREIGN, VolumeState.DELETING);

		assertThat(drift().findings()).isEmpty();
	}

	@Test
	void whatAnApplicationNamesAndTheClusterDoesNotHaveIsSaidApartFromWhatIsNotLonghorns() {
		volumes.clear();
		claims.remove(DATABASE);

		assertThat(drift().findings()).allSatisfy(finding -> {
			assertThat(finding.kind()).isEqualTo(DriftKind.APPLICATION_UNMATCHED);
			assertThat(finding.position()).hasToString("longhaul/applications/gitea.yaml:4:9");
		})
			.extracting(Finding::fact)
			.containsExactly("claim 'gitea/shared' is on no volume of Longhorn",
					"no claim has the labels tier=db in 'gitea'");
	}

	@Test
	void anApplicationInNoBackupJobIsProtectedByNone() {
		declare("jobs/nightly.yaml", NIGHTLY.replace("BackupJob", "VerifyJob"));

		assertThat(drift(night("other", "2026-11-22T02:30:00Z")).findings()).extracting(Finding::kind)
			.containsExactly(DriftKind.NIGHTS_UNDECLARED, DriftKind.APPLICATION_WITHOUT_JOB);
	}

	@Test
	void aSuspendedJobDoesNotRunAndNeitherDoesWhatWaitsForIt() {
		declare("jobs/nightly.yaml", NIGHTLY + "  suspend: true\n");
		declare("jobs/proof.yaml", """
				apiVersion: longhaul.dev/v1
				kind: VerifyJob
				metadata:
				  name: proof
				spec:
				  after: nightly
				""");

		assertThat(drift().findings()).extracting(Finding::kind, Finding::fact)
			.containsExactly(tuple(DriftKind.JOB_SUSPENDED, "suspended"),
					tuple(DriftKind.JOB_NEVER_DUE, "it waits for job 'nightly', which does not start"));
	}

	@Test
	void aJobWhoseRunsAllFallIntoBlackoutsNeverComesDue() {
		declare("jobs/nightly.yaml", NIGHTLY + """
				  misfire: skip
				  blackouts:
				    - days: [Mon, Tue, Wed, Thu, Fri, Sat, Sun]
				      from: "02:00"
				      to: "03:00"
				""");

		assertThat(drift().findings()).singleElement()
			.extracting(Finding::kind, Finding::fact)
			.containsExactly(DriftKind.JOB_NEVER_DUE, "all its runs fall into its blackouts");
	}

	@Test
	void aNightThatWasDueAndIsNotThereIsOverdueOnceItHadTimeToEnd() {
		Drift overdue = drift(night("nightly", "2026-11-21T02:30:00Z"));

		assertThat(overdue.findings()).singleElement().satisfies(finding -> {
			assertThat(finding.kind()).isEqualTo(DriftKind.JOB_OVERDUE);
			assertThat(finding.fact())
				.isEqualTo("due at 2026-11-22T02:30:00Z, and the newest night in the target is 2026-11-21T02:30:00Z");
			assertThat(finding.position()).hasToString("longhaul/jobs/nightly.yaml:5:9");
		});
		Instant underWay = Instant.parse("2026-11-22T08:00:00Z");
		assertThat(check(underWay).againstNights(List.of(night("nightly", "2026-11-21T02:30:00Z"))).drift().findings())
			.isEmpty();
	}

	@Test
	void nightsOfAJobThatIsNotDeclaredAnyMoreAreToldByTheirNewest() {
		assertThat(drift(LAST_NIGHT, night("old", "2025-01-01T00:00:00Z"), night("old", "2025-01-02T00:00:00Z"))
			.findings()).singleElement().satisfies(finding -> {
				assertThat(finding.kind()).isEqualTo(DriftKind.NIGHTS_UNDECLARED);
				assertThat(finding.fact()).isEqualTo("2 nights in the target, the newest of 2025-01-02T00:00:00Z");
			});
	}

	@ParameterizedTest
	@CsvSource({ "gitea, nightly 2026-11-22T02:30:00Z, 0", "gitea, nightly-2 2026-11-22T02:30:00Z, 1",
			"wiki, nightly 2026-11-22T02:30:00Z, 1" })
	void aQuietWindowOfWhatIsNotDeclaredIsTold(String application, String run, int told) {
		quiet.add(new QuietRecord(new ApplicationName(application), run, "home", NOW, NOW.plus(Duration.ofMinutes(5)),
				List.of()));

		assertThat(drift().count(DriftKind.QUIET_UNDECLARED)).isEqualTo(told);
	}

	@Test
	void whatWasNotLookedAtIsNotKnownToBeFine() {
		Drift drift = check(NOW).without(Source.CLUSTER, "no kubeconfig").drift();

		assertThat(drift.isKnown(DriftKind.VOLUME_UNPROTECTED)).isFalse();
		assertThat(drift.isKnown(DriftKind.JOB_SUSPENDED)).isTrue();
		assertThat(drift.isKnown(DriftKind.JOB_OVERDUE)).isTrue();
	}

	private Drift drift() {
		return drift(LAST_NIGHT);
	}

	private Drift drift(Night... nights) {
		return check(NOW).againstCluster(new InCluster(volumes, claims, recurring, memberships, quiet))
			.againstNights(List.of(nights))
			.drift();
	}

	private DriftCheck check(Instant now) {
		ReadResult result = DefinitionReader.read(files);
		assertThat(result).isInstanceOf(ReadResult.Sound.class);
		Definitions definitions = ((ReadResult.Sound) result).definitions();
		return new DriftCheck(definitions, Places.in(files), now);
	}

	private void declare(String file, String text) {
		String path = "longhaul/" + file;
		files.removeIf(before -> before.file().equals(path));
		files.add(DefinitionFile.of(path, text));
	}

	private void mount(String volume, Claim claim, Map<String, String> labels) {
		mount(volume, claim, VolumeState.ATTACHED);
		memberships.put(new VolumeName(volume), RecurringMembership.ofLabels(labels));
	}

	private void mount(String name, Claim claim, VolumeState state) {
		volumes.removeIf(before -> before.name().value().equals(name));
		volumes.add(new Volume(new VolumeName(name), new ByteSize(1 << 30), ByteSize.ZERO, state, Robustness.HEALTHY, 3,
				(claim != null) ? claim.ref() : null, "default", false, NOW));
		if (claim != null && !claims.contains(claim)) {
			claims.add(claim);
		}
	}

	private static RecurringJob job(String name, RecurringTask task, Set<String> groups, int retain) {
		return new RecurringJob(name, task, "0 1 * * *", groups, retain);
	}

	private static Night night(String job, String scheduledFor) {
		return new Night(new JobName(job), Instant.parse(scheduledFor));
	}

}
