package dev.longhaul.gitops.definition;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.VolumeSelector.ByClaim;
import dev.longhaul.core.application.VolumeSelector.ByLabels;
import dev.longhaul.core.job.Applications;
import dev.longhaul.core.job.BackupJob;
import dev.longhaul.core.job.Blackout;
import dev.longhaul.core.job.CronSchedule;
import dev.longhaul.core.job.DrillBudget;
import dev.longhaul.core.job.DrillJob;
import dev.longhaul.core.job.MirrorJob;
import dev.longhaul.core.job.Misfire;
import dev.longhaul.core.job.Start;
import dev.longhaul.core.job.Trigger;
import dev.longhaul.core.job.VerifyJob;
import dev.longhaul.core.profile.Check;
import dev.longhaul.core.profile.GiteaProfile;
import dev.longhaul.core.profile.MariadbProfile;
import dev.longhaul.core.profile.NextcloudProfile;
import dev.longhaul.core.profile.OwnProfile;
import dev.longhaul.core.profile.PostgresqlProfile;
import dev.longhaul.core.profile.Profile;
import dev.longhaul.core.profile.QuietStep;
import dev.longhaul.core.profile.VaultwardenProfile;
import dev.longhaul.core.retention.CountingRule;
import dev.longhaul.core.retention.NightlyLimit;
import dev.longhaul.core.retention.Pin;
import dev.longhaul.core.retention.Retention;
import dev.longhaul.core.retention.RetentionPolicy;
import dev.longhaul.core.retention.Span;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumePath;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.gitops.form.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class DefinitionReaderTest {

	private static final DefinitionFile GITEA = DefinitionFile.of("applications/gitea.yaml", """
			apiVersion: longhaul.dev/v1
			kind: Application
			metadata:
			  name: gitea
			spec:
			  namespace: gitea
			  volumes:
			    - claim: gitea-shared-storage
			    - claim: data-gitea-postgresql-0
			      namespace: databases
			    - matchLabels:
			        app.kubernetes.io/instance: gitea
			  workloads:
			    - deployment: gitea
			    - statefulSet: gitea-postgresql
			      namespace: databases
			""");

	private static final DefinitionFile NIGHTLY = DefinitionFile.of("jobs/nightly.yaml", """
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata:
			  name: nightly
			spec:
			  schedule: "30 2 * * *"
			  timeZone: Europe/Berlin
			  suspend: true
			  misfire: skip
			  jitter: 1h30m
			  blackouts:
			    - from: "22:00"
			      to: "06:30"
			      days: [Fri, Sat]
			    - {from: "12:00", to: "13:00"}
			  applications: [gitea]
			""");

	@Test
	void readsAnApplicationWithItsVolumesAndWorkloads() {
		Definitions definitions = sound(GITEA);

		assertThat(definitions.applications()).usingRecursiveFieldByFieldElementComparatorIgnoringFields("declared")
			.containsExactly(new ApplicationDefinition(new ApplicationName("gitea"),
					List.of(new ByClaim(new ClaimRef("gitea", "gitea-shared-storage")),
							new ByClaim(new ClaimRef("databases", "data-gitea-postgresql-0")),
							new ByLabels("gitea", Map.of("app.kubernetes.io/instance", "gitea"))),
					List.of(new Workload(Workload.Kind.DEPLOYMENT, "gitea", "gitea"),
							new Workload(Workload.Kind.STATEFUL_SET, "databases", "gitea-postgresql"))));
	}

	/** What a bucket keeps of it is a definition again, without the file it was in. */
	@ParameterizedTest
	@MethodSource("profiles")
	void anApplicationKnowsTheWordsItWasMadeOf(String profile, Profile expected) {
		ApplicationDefinition read = sound(cloud(profile)).applications().get(0);
		String words = new ObjectMapper().writeValueAsString(Objects.requireNonNull(read.declared()).fields());

		ApplicationDefinition again = sound(DefinitionFile.of("applications/cloud.yaml", """
				apiVersion: longhaul.dev/v1
				kind: Application
				metadata: {name: cloud}
				spec: %s
				""".formatted(words))).applications().get(0);

		assertThat(again).isEqualTo(read);
		assertThat(again.profile()).isEqualTo(expected);
		assertThat(words).startsWith("{\"namespace\":\"cloud\",\"profile\":{");
	}

	@Test
	void refusesAnApplicationThatIsTooLongToBeKept() {
		String profile = "steps: [{run: {in: {deployment: app}, before: [sh, -c, \"%s\"]}}]"
			.formatted("x".repeat(70_000));

		assertThat(DefinitionReader.read(List.of(cloud(profile)))).isInstanceOfSatisfying(ReadResult.Refused.class,
				refused -> assertThat(refused.problems()).singleElement()
					.extracting(Problem::fact)
					.isEqualTo("this cannot be kept with backups: it takes more than 65536 bytes"));
	}

	@ParameterizedTest
	@MethodSource("profiles")
	void readsProfiles(String profile, Profile expected) {
		Definitions definitions = sound(cloud(profile));

		assertThat(definitions.applications().get(0).profile()).isEqualTo(expected);
	}

	private static DefinitionFile cloud(String profile) {
		return DefinitionFile.of("applications/cloud.yaml", """
				apiVersion: longhaul.dev/v1
				kind: Application
				metadata: {name: cloud}
				spec:
				  namespace: cloud
				  volumes: [claim: data]
				  workloads:
				    - deployment: app
				    - {statefulSet: db, namespace: databases}
				  profile:
				    %s
				""".formatted(profile));
	}

	@Test
	void profileBringsItsChecks() {
		ApplicationDefinition vault = checked("""
				[claim: data]
				  workloads: [deployment: app]
				  profile: {vaultwarden: {in: {deployment: app}}}
				""");

		assertThat(vault.checks()).extracting(Check::what)
			.containsExactly("sqlite db.sqlite3", "sqlite longhaul-copy.sqlite3");
	}

	@Test
	void ownChecksReplaceThoseOfTheProfile() {
		ApplicationDefinition vault = checked("""
				[claim: data, {claim: more, namespace: other}]
				  workloads: [deployment: app]
				  profile: {vaultwarden: {in: {deployment: app}}}
				  checks:
				    - {sqlite: vw/db.sqlite3, claim: data}
				    - {present: rsa_key.pem, claim: more, namespace: other}
				""");

		assertThat(vault.checks()).containsExactly(
				new Check.SqliteIntegrity(ClaimRef.parse("vault/data"), new VolumePath("vw/db.sqlite3"),
						Check.Location.DECLARED),
				new Check.FilePresent(ClaimRef.parse("other/more"), new VolumePath("rsa_key.pem")));
	}

	private static ApplicationDefinition checked(String volumesAndMore) {
		return sound(DefinitionFile.of("applications/vault.yaml", """
				apiVersion: longhaul.dev/v1
				kind: Application
				metadata: {name: vault}
				spec:
				  namespace: vault
				  volumes: %s
				""".formatted(volumesAndMore))).applications().get(0);
	}

	static Stream<Arguments> profiles() {
		Workload app = new Workload(Workload.Kind.DEPLOYMENT, "cloud", "app");
		Place inApp = new Place(app, null);
		Place inDb = new Place(new Workload(Workload.Kind.STATEFUL_SET, "databases", "db"), "server");
		String db = "{statefulSet: db, namespace: databases, container: server}";
		Duration two = Duration.ofMinutes(2);
		Duration ten = Duration.ofMinutes(10);
		Duration half = Duration.ofSeconds(30);
		return Stream.of(
				arguments("nextcloud: {in: {deployment: app}}",
						new NextcloudProfile(inApp, "/var/www/html", "php occ", Duration.ofSeconds(5), two)),
				arguments("nextcloud: {in: {deployment: app}, directory: /app, occ: occ, settle: 1m}",
						new NextcloudProfile(inApp, "/app", "occ", Duration.ofMinutes(1), two)),
				arguments("vaultwarden: {in: {deployment: app}}", new VaultwardenProfile(inApp, two)),
				arguments("gitea: {workload: {deployment: app}}", new GiteaProfile(app, null, ten)),
				arguments("gitea: {workload: {deployment: app}, database: " + db + "}",
						new GiteaProfile(app, inDb, ten)),
				arguments("postgresql: {in: " + db + "}", new PostgresqlProfile(inDb, ten)),
				arguments("{mariadb: {in: " + db + "}, timeout: 30s}", new MariadbProfile(inDb, half)),
				arguments("{steps: [run: {in: {deployment: app}, before: [pause], after: [resume], unless: [paused]}]}",
						new OwnProfile(List.of(new QuietStep.Run("pause", "", inApp, List.of("pause"),
								List.of("resume"), List.of("paused"), half)), two)),
				arguments("{steps: [hold: {in: {deployment: app}, command: [lock, now], timeout: 5s}]}",
						new OwnProfile(List.of(new QuietStep.Hold("lock now", "", inApp, List.of("lock", "now"),
								List.of(), Duration.ofSeconds(5))), two)),
				arguments("{steps: [scaleToZero: {workload: {deployment: app}}], timeout: 10m}", new OwnProfile(
						List.of(new QuietStep.ScaleToZero("scale to zero", "", app, Duration.ofMinutes(3))), ten)),
				arguments("{steps: [freeze: {in: {deployment: app}, paths: [/data, /config]}], timeout: 30s}",
						new OwnProfile(List.of(OwnProfile.freeze(inApp, List.of("/data", "/config"), half, half)),
								half)));
	}

	@Test
	void readsANightWithEverythingThatSaysWhenItRuns() {
		Definitions definitions = sound(GITEA, NIGHTLY);

		ZoneId berlin = ZoneId.of("Europe/Berlin");
		assertThat(definitions.jobs()).containsExactly(new BackupJob(new JobName("nightly"),
				new Trigger(new Start.OnSchedule(new CronSchedule("30 2 * * *", berlin)), true, Misfire.SKIP,
						Duration.ofMinutes(90),
						List.of(new Blackout(Set.of(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY), LocalTime.of(22, 0),
								LocalTime.of(6, 30), berlin),
								new Blackout(Set.of(DayOfWeek.values()), LocalTime.NOON, LocalTime.of(13, 0), berlin))),
				new Applications.Only(Set.of(new ApplicationName("gitea")))));
	}

	@Test
	void readsWhatIsKeptByTheCalendarOfTheJob() {
		Definitions definitions = sound(GITEA, DefinitionFile.of("jobs/nightly.yaml", """
				apiVersion: longhaul.dev/v1
				kind: BackupJob
				metadata: {name: nightly}
				spec:
				  schedule: "30 2 * * *"
				  timeZone: Europe/Berlin
				  retention:
				    last: 1
				    hourly: 2
				    daily: 3
				    weekly: 4
				    monthly: 5
				    yearly: 6
				    within: 14d
				    atMostANight: 10
				    pins:
				      - at: 2026-11-22T01:30:00Z
				        reason: before the upgrade to 1.25
				"""));

		RetentionPolicy policy = new RetentionPolicy(
				Map.of(CountingRule.LAST, 1, CountingRule.HOURLY, 2, CountingRule.DAILY, 3, CountingRule.WEEKLY, 4,
						CountingRule.MONTHLY, 5, CountingRule.YEARLY, 6),
				Span.parse("14d"), ZoneId.of("Europe/Berlin"));
		assertThat(definitions.retentionOf(new ApplicationName("gitea"))).contains(new Retention(policy,
				Map.of(Instant.parse("2026-11-22T01:30:00Z"), new Pin("before the upgrade to 1.25")),
				new NightlyLimit(10)));
	}

	@Test
	void keepsEverythingOfWhatNoRetentionIsDeclaredFor() {
		Definitions definitions = sound(GITEA, NIGHTLY);

		assertThat(definitions.retentionOf(new ApplicationName("gitea"))).isEmpty();
	}

	@Test
	void readsTheOtherKindsAndSeveralDocumentsOfOneFile() {
		Definitions definitions = sound(GITEA, NIGHTLY, DefinitionFile.of("jobs/after.yaml", """
				apiVersion: longhaul.dev/v1
				kind: VerifyJob
				metadata: {name: weekly}
				spec: {schedule: "@weekly", restorePoints: 3}
				---
				apiVersion: longhaul.dev/v1
				kind: MirrorJob
				metadata: {name: to-the-nas}
				spec: {after: nightly, to: nas}
				---
				apiVersion: longhaul.dev/v1
				kind: DrillJob
				metadata: {name: drill}
				spec: {after: to-the-nas, budget: {download: 20Gi, volume: 500Mi, start: 5m}}
				"""));

		Applications all = new Applications.All();
		assertThat(definitions.jobs()).containsExactly(
				new DrillJob(new JobName("drill"), after("to-the-nas"), all,
						new DrillBudget(ByteSize.ofMebibytes(20 * 1024), ByteSize.ofMebibytes(500),
								Duration.ofMinutes(5))),
				definitions.jobs().get(1),
				new MirrorJob(new JobName("to-the-nas"), after("nightly"), all, "default", "nas"),
				new VerifyJob(new JobName("weekly"),
						trigger(new Start.OnSchedule(new CronSchedule("@weekly", ZoneOffset.UTC))), all, 3, "default"));
	}

	@Test
	void doesNotLookAtWhatStandsBesideItsFoldersOrIsHidden() {
		Definitions definitions = sound(DefinitionFile.of("values.yaml", "image: {tag: 1}"),
				DefinitionFile.of("jobs/.gitkeep", ""), DefinitionFile.of("jobs/README.md", "# Jobs"),
				DefinitionFile.of("jobs/old/nightly.yaml", "not: read"));

		assertThat(definitions).isEqualTo(new Definitions(List.of(), List.of()));
	}

	private static Trigger after(String job) {
		return trigger(new Start.After(new JobName(job)));
	}

	private static Trigger trigger(Start start) {
		return new Trigger(start, false, Misfire.RUN_ONCE, Duration.ZERO, List.of());
	}

	private static Definitions sound(DefinitionFile... files) {
		ReadResult result = DefinitionReader.read(List.of(files));
		assertThat(result).isInstanceOf(ReadResult.Sound.class);
		return ((ReadResult.Sound) result).definitions();
	}

}
