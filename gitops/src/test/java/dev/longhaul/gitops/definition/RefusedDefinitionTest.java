package dev.longhaul.gitops.definition;

import java.util.List;
import java.util.stream.Stream;

import dev.longhaul.gitops.form.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Goal: whatever is wrong is refused with its place, what stands there, and what was
 * expected. Method: one mistake at a time in definitions that are sound without it.
 */
class RefusedDefinitionTest {

	private static final String APPLICATION = """
			apiVersion: longhaul.dev/v1
			kind: Application
			metadata:
			  name: gitea
			spec:
			  namespace: gitea
			  volumes:
			    - claim: gitea-shared-storage
			""";

	private static final String JOB = """
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata:
			  name: nightly
			spec:
			  schedule: "30 2 * * *"
			""";

	static Stream<Arguments> mistakesInAJob() {
		return Stream.of(
				arguments("unknown key", "schedule:", "shedule:",
						List.of("jobs/nightly.yaml:6:3: 'shedule' is no key that is known here; known are schedule, "
								+ "timeZone, after, suspend, misfire, jitter, blackouts, applications, retention")),
				arguments("bad cron", "30 2", "30 25",
						List.of("jobs/nightly.yaml:6:13: '30 25 * * *' is no cron expression: Value 25 not in range "
								+ "[0, 23]; expected a night")),
				arguments("no start", "schedule: \"30 2 * * *\"", "suspend: false",
						List.of("jobs/nightly.yaml:6:3: neither 'schedule' nor 'after' says when it runs; "
								+ "expected a night")),
				arguments("two starts", "schedule:", "after: weekly\n  schedule:",
						List.of("jobs/nightly.yaml:6:10: 'after' stands beside 'schedule', and only one can start the "
								+ "job; expected a night")),
				arguments("wrong type", "schedule:", "suspend: yes\n  schedule:",
						List.of("jobs/nightly.yaml:6:12: 'yes' is not what belongs here; expected true or false")),
				arguments("number for text", "name: nightly", "name: 2026",
						List.of("jobs/nightly.yaml:4:9: 2026 (without quotes) is not what belongs here; expected a "
								+ "name of at most 40 of a-z, 0-9 and inner '-'")),
				arguments("bad name", "name: nightly", "name: ../nightly",
						List.of("jobs/nightly.yaml:4:9: '../nightly' is not a job name: use at most 40 of a-z, 0-9 "
								+ "and inner '-'; expected a name of at most 40 of a-z, 0-9 and inner '-'")),
				arguments("no value", "schedule: \"30 2 * * *\"", "schedule:",
						List.of("jobs/nightly.yaml:6:12: nothing is not what belongs here; expected five fields of "
								+ "cron: minute, hour, day of month, month, day of week, such as \"30 2 * * *\"")),
				arguments("list for text", "schedule:", "timeZone: [UTC]\n  schedule:",
						List.of("jobs/nightly.yaml:6:13: a list is not what belongs here; expected a time zone such as "
								+ "Europe/Berlin or UTC")),
				arguments("unknown zone", "schedule:", "timeZone: Mars/Base\n  schedule:",
						List.of("jobs/nightly.yaml:6:13: 'Mars/Base' is no time zone; expected a time zone such as "
								+ "Europe/Berlin or UTC")),
				arguments("unknown word", "schedule:", "misfire: later\n  schedule:",
						List.of("jobs/nightly.yaml:6:12: 'later' is not known here; expected one of run-once, skip")),
				arguments("bad duration", "schedule:", "jitter: 5 minutes\n  schedule:",
						List.of("jobs/nightly.yaml:6:11: '5 minutes' is no duration; expected a duration such as 90s, "
								+ "5m or 1h30m")),
				arguments("empty duration", "schedule:", "jitter: \"\"\n  schedule:",
						List.of("jobs/nightly.yaml:6:11: '' is no duration; expected a duration such as 90s, 5m or "
								+ "1h30m")),
				arguments("jitter too long", "schedule:", "jitter: 7h\n  schedule:",
						List.of("jobs/nightly.yaml:6:11: a jitter of more than 6 hours; expected a night")),
				arguments("key twice", "schedule:", "suspend: true\n  suspend: false\n  schedule:",
						List.of("jobs/nightly.yaml:7:3: 'suspend' is there twice; keep one of them")),
				arguments("unknown application", "schedule:", "applications: [gitea, nextcloud]\n  schedule:",
						List.of("jobs/nightly.yaml:6:25: no application 'nextcloud' is defined; defined are gitea")),
				arguments("application twice", "schedule:", "applications: [gitea, gitea]\n  schedule:",
						List.of("jobs/nightly.yaml:6:17: an application is there twice; expected a night")),
				arguments("no application", "schedule:", "applications: []\n  schedule:",
						List.of("jobs/nightly.yaml:6:17: a list is not what belongs here; expected a list, each a "
								+ "name of at most 40 of a-z, 0-9 and inner '-'")),
				arguments("wrong version", "longhaul.dev/v1", "longhaul.dev/v2",
						List.of("jobs/nightly.yaml:1:13: 'longhaul.dev/v2' is not known here; expected one of "
								+ "longhaul.dev/v1")),
				arguments("wrong folder", "BackupJob", "Application",
						List.of("jobs/nightly.yaml:1:1: kind 'Application' does not belong here; expected in jobs/: "
								+ "BackupJob, VerifyJob, MirrorJob, DrillJob")),
				arguments("no kind", "kind: BackupJob\n", "",
						List.of("jobs/nightly.yaml:1:1: 'kind' does not say what this is; expected in jobs/: "
								+ "BackupJob, VerifyJob, MirrorJob, DrillJob")),
				arguments("missing part", "metadata:\n  name: nightly\n", "",
						List.of("jobs/nightly.yaml:1:1: 'metadata' is missing; expected its name")),
				arguments("not YAML", "schedule: \"30", "schedule: [30",
						List.of("jobs/nightly.yaml:7:1: this is no YAML: expected ',' or ']', but got <stream end>; "
								+ "correct the syntax")),
				arguments("after nobody", "schedule: \"30 2 * * *\"", "after: weekly",
						List.of("jobs/nightly.yaml:6:10: no job 'weekly' is defined; defined are nightly")),
				arguments("after itself", "schedule: \"30 2 * * *\"", "after: nightly",
						List.of("jobs/nightly.yaml:6:10: job 'nightly' waits, in the end, for itself; give one of "
								+ "them a 'schedule'")),
				arguments("blackout of nothing", "schedule:",
						"blackouts:\n    - {from: \"07:00\", to: \"07:00\"}\n  schedule:",
						List.of("jobs/nightly.yaml:7:27: it ends when it begins, which could be all day or never; "
								+ "expected a time of the week")),
				arguments("retention of nothing", "schedule:",
						"retention: {pins: [{at: 2026-11-22T01:30:00Z, reason: \"31\"}]}\n  schedule:",
						List.of("jobs/nightly.yaml:6:14: the retention policy would keep nothing: name at least one "
								+ "of [last, hourly, daily, weekly, monthly, yearly] or 'within'; expected what is "
								+ "kept")),
				arguments("unknown rule", "schedule:", "retention:\n    dayly: 7\n  schedule:",
						List.of("jobs/nightly.yaml:7:5: 'dayly' is no key that is known here; known are last, hourly, "
								+ "daily, weekly, monthly, yearly, within, pins, atMostANight")),
				arguments("no count", "schedule:", "retention: {last: 3, daily: 0}\n  schedule:",
						List.of("jobs/nightly.yaml:6:31: 0 (without quotes) is not what belongs here; expected a whole "
								+ "number from 1 to 10000")),
				arguments("bad span", "schedule:", "retention: {within: 14 days}\n  schedule:",
						List.of("jobs/nightly.yaml:6:23: '14 days' is not a span: write it as 14d, 2w, 6m or 1y6m "
								+ "(years, months, weeks, days); expected a span such as 14d, 2w, 6m or 1y6m")),
				arguments("pin without a reason", "schedule:",
						"retention:\n    last: 3\n    pins:\n      - at: 2026-11-22T01:30:00Z\n  schedule:",
						List.of("jobs/nightly.yaml:9:9: 'reason' is missing; expected why it is kept")),
				arguments("pin of no reason", "schedule:",
						"retention: {last: 3, pins: [{at: 2026-11-22T01:30:00Z, reason: \" \"}]}\n  schedule:",
						List.of("jobs/nightly.yaml:6:31: a pin needs a reason: whoever finds it will ask; expected a "
								+ "pinned night")),
				arguments("pin of no instant", "schedule:",
						"retention: {last: 3, pins: [{at: 2026-11-22 02:30, reason: upgrade}]}\n  schedule:",
						List.of("jobs/nightly.yaml:6:36: '2026-11-22 02:30' is no such instant; expected an instant in "
								+ "UTC as reports name a night, such as 2026-11-22T01:30:00Z")),
				arguments("pinned twice", "schedule:",
						"retention:\n    last: 3\n    pins:\n      - {at: 2026-11-22T01:30:00Z, reason: one}\n"
								+ "      - {at: 2026-11-22T01:30:00Z, reason: two}\n  schedule:",
						List.of("jobs/nightly.yaml:9:7: night 2026-11-22T01:30:00Z is pinned twice; expected what is "
								+ "kept")),
				arguments("two mistakes", "schedule:", "suspend: 1\n  shedule:", List.of(
						"jobs/nightly.yaml:6:12: 1 (without quotes) is not what belongs here; expected true "
								+ "or false",
						"jobs/nightly.yaml:7:3: 'shedule' is no key that is known here; known are schedule, "
								+ "timeZone, after, suspend, misfire, jitter, blackouts, applications, retention")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("mistakesInAJob")
	void ofAJobIsRefusedWithItsPlace(String mistake, String sound, String wrong, List<String> problems) {
		assertThat(JOB).contains(sound);

		assertThat(refused(DefinitionFile.of("applications/gitea.yaml", APPLICATION),
				DefinitionFile.of("jobs/nightly.yaml", JOB.replace(sound, wrong))))
			.containsExactlyElementsOf(problems);
	}

	@Test
	void twoRetentionsOfOneApplicationAreRefused() {
		assertThat(refused(DefinitionFile.of("applications/gitea.yaml", APPLICATION),
				DefinitionFile.of("jobs/nightly.yaml", """
						apiVersion: longhaul.dev/v1
						kind: BackupJob
						metadata: {name: nightly}
						spec: {schedule: "30 2 * * *", retention: {last: 3}}
						---
						apiVersion: longhaul.dev/v1
						kind: BackupJob
						metadata: {name: weekly}
						spec: {after: nightly, applications: [gitea], retention: {weekly: 3}}
						""")))
			.containsExactly("jobs/nightly.yaml:8:18: job 'weekly' has a 'retention' for an application that job "
					+ "'nightly' has one for too; keep one of them: it is of all restore points of an application, "
					+ "whichever job made them");
	}

	static Stream<Arguments> mistakesInAnApplication() {
		return Stream.of(
				arguments("no volume", "\n    - claim: gitea-shared-storage", " []",
						List.of("applications/gitea.yaml:7:12: a list is not what belongs here; expected a list, each "
								+ "either 'claim' or 'matchLabels'")),
				arguments("claim and labels", "claim: gitea-shared-storage", "{claim: data, matchLabels: {app: gitea}}",
						List.of("applications/gitea.yaml:8:7: both are there; expected either 'claim' or "
								+ "'matchLabels'")),
				arguments("neither", "claim: gitea-shared-storage", "namespace: gitea",
						List.of("applications/gitea.yaml:8:7: neither of the two is there; expected either 'claim' or "
								+ "'matchLabels'")),
				arguments("label that is a number", "claim: gitea-shared-storage", "matchLabels: {tier: 1}",
						List.of("applications/gitea.yaml:8:27: 1 (without quotes) is not what belongs here; expected "
								+ "labels, each with its value in quotes where it could be taken for a number")),
				arguments("claim of another kind of name", "gitea-shared-storage", "gitea/shared",
						List.of("applications/gitea.yaml:8:14: 'gitea/shared' is no name of Kubernetes; expected the "
								+ "name of an object of Kubernetes")),
				arguments("claim twice", "- claim: gitea-shared-storage", "- claim: data\n    - claim: data",
						List.of("applications/gitea.yaml:9:14: claim 'gitea/data' is named a second time; the first "
								+ "is at applications/gitea.yaml:8:14")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "20", "20G", "20 Gi", "-1Gi", "1234567Gi", "1.5Gi" })
	void ofTheBudgetOfADrillIsRefusedWithItsPlace(String size) {
		assertThat(refused(DefinitionFile.of("jobs/drill.yaml", """
				apiVersion: longhaul.dev/v1
				kind: DrillJob
				metadata: {name: drill}
				spec:
				  schedule: "@weekly"
				  budget: {volume: "%s"}
				""".formatted(size)))).containsExactly(
				"jobs/drill.yaml:6:20: '%s' is no size; expected a size such as 500Mi, 20Gi or 1Ti".formatted(size));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("mistakesInAnApplication")
	void ofAnApplicationIsRefusedWithItsPlace(String mistake, String sound, String wrong, List<String> problems) {
		assertThat(APPLICATION).contains(sound);

		assertThat(refused(DefinitionFile.of("applications/gitea.yaml", APPLICATION.replace(sound, wrong))))
			.containsExactlyElementsOf(problems);
	}

	static Stream<Arguments> mistakesInAProfile() {
		return Stream.of(
				arguments("workload not declared", "deployment: gitea, container: app", "statefulSet: gitea-postgresql",
						List.of("applications/gitea.yaml:12:5: the profile needs statefulset 'gitea-postgresql' in "
								+ "'gitea', which is not among the application's workloads; expected an application")),
				arguments("two kinds", "mariadb:", "vaultwarden: {in: {deployment: gitea}}\n    mariadb:",
						List.of("applications/gitea.yaml:12:5: a profile of 2 kinds; expected one of 'nextcloud', "
								+ "'vaultwarden', 'gitea', 'postgresql', 'mariadb' and 'steps'")),
				arguments("no kind", "mariadb: {in: {deployment: gitea, container: app}}", "timeout: 1m",
						List.of("applications/gitea.yaml:12:5: a profile of 0 kinds; expected one of 'nextcloud', "
								+ "'vaultwarden', 'gitea', 'postgresql', 'mariadb' and 'steps'")),
				arguments("too long", "mariadb:", "timeout: 61m\n    mariadb:",
						List.of("applications/gitea.yaml:12:14: no application may be quiet for longer than 1h; "
								+ "expected one of 'nextcloud', 'vaultwarden', 'gitea', 'postgresql', 'mariadb' and "
								+ "'steps'")),
				arguments("unknown step", "mariadb: {in: {deployment: gitea, container: app}}",
						"steps:\n      - sleep: {in: {deployment: gitea}}",
						List.of("applications/gitea.yaml:13:9: 'sleep' is no key that is known here; known are run, "
								+ "hold, scaleToZero, freeze")),
				arguments("command that is a text", "mariadb: {in: {deployment: gitea, container: app}}",
						"steps:\n      - run: {in: {deployment: gitea}, before: pause}",
						List.of("applications/gitea.yaml:13:48: 'pause' is not what belongs here; expected a list, "
								+ "each word of a command, in quotes where it could be taken for a number")),
				arguments("path with a space", "mariadb: {in: {deployment: gitea, container: app}}",
						"steps:\n      - freeze: {in: {deployment: gitea}, paths: [\"/my data\"]}",
						List.of("applications/gitea.yaml:13:51: '/my data' is no such path; expected an absolute path "
								+ "without spaces")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("mistakesInAProfile")
	void ofAProfileIsRefusedWithItsPlace(String mistake, String sound, String wrong, List<String> problems) {
		String application = APPLICATION + """
				  workloads:
				    - deployment: gitea
				  profile:
				    mariadb: {in: {deployment: gitea, container: app}}
				""";
		assertThat(application).contains(sound);

		assertThat(refused(DefinitionFile.of("applications/gitea.yaml", application.replace(sound, wrong))))
			.containsExactlyElementsOf(problems);
	}

	static Stream<Arguments> mistakesInChecks() {
		return Stream.of(
				arguments("[{sqlite: ../db}]",
						"applications/gitea.yaml:9:21: '../db' is no path from the top of a volume; write it as "
								+ "data/db.sqlite3; expected a path from the top of a volume, such as data/db.sqlite3"),
				arguments("[{sqlite: a, present: b}]",
						"applications/gitea.yaml:9:12: both are there; expected either 'sqlite' or 'present'"),
				arguments("[{claim: gitea-shared-storage}]",
						"applications/gitea.yaml:9:12: neither of the two is there; expected either 'sqlite' or "
								+ "'present'"),
				arguments("[{sqlite: gitea.db, claim: other}]",
						"applications/gitea.yaml:9:11: claim 'gitea/other' is not among the application's volumes; "
								+ "expected an application"));
	}

	@ParameterizedTest
	@MethodSource("mistakesInChecks")
	void refusesMistakesInChecks(String checks, String problem) {
		assertThat(refused(DefinitionFile.of("applications/gitea.yaml", APPLICATION + "  checks: " + checks + "\n")))
			.containsExactly(problem);
	}

	@Test
	void wantsTheClaimOfACheckWhereThereAreSeveral() {
		String application = APPLICATION + "    - claim: data\n  checks: [{present: app.ini}]\n";

		assertThat(refused(DefinitionFile.of("applications/gitea.yaml", application)))
			.containsExactly("applications/gitea.yaml:10:11: 'present app.ini' needs its claim: the application has 2 "
					+ "volumes; expected an application");
	}

	@Test
	void aClaimOfTwoApplicationsIsRefusedWithBothPlaces() {
		assertThat(refused(DefinitionFile.of("applications/gitea.yaml", APPLICATION),
				DefinitionFile.of("applications/git.yaml", APPLICATION.replace("name: gitea", "name: git"))))
			.containsExactly("applications/gitea.yaml:8:14: claim 'gitea/gitea-shared-storage' is named a second time; "
					+ "the first is at applications/git.yaml:8:14");
	}

	@Test
	void aNameThatIsThereTwiceIsRefusedWithBothPlaces() {
		assertThat(refused(DefinitionFile.of("jobs/a.yaml", JOB), DefinitionFile.of("jobs/b.yaml", JOB)))
			.containsExactly(
					"jobs/b.yaml:4:9: job 'nightly' is defined a second time; the first is at jobs/a.yaml:4:9");
	}

	@Test
	void jobsThatWaitForEachOtherAreRefused() {
		String one = JOB.replace("name: nightly", "name: one").replace("schedule: \"30 2 * * *\"", "after: two");
		String two = JOB.replace("name: nightly", "name: two").replace("schedule: \"30 2 * * *\"", "after: one");

		assertThat(refused(DefinitionFile.of("jobs/one.yaml", one), DefinitionFile.of("jobs/two.yaml", two)))
			.containsExactly(
					"jobs/one.yaml:6:10: job 'one' waits, in the end, for itself; give one of them a 'schedule'",
					"jobs/two.yaml:6:10: job 'two' waits, in the end, for itself; give one of them a 'schedule'");
	}

	@Test
	void aFileThatWouldBeOverlookedIsRefused() {
		assertThat(
				refused(DefinitionFile.of("jobs/nightly.yml", JOB), DefinitionFile.of("jobs/empty.yaml", "# later\n")))
			.containsExactly(
					"jobs/empty.yaml:1:1: there is nothing in this file; expected BackupJob, VerifyJob, MirrorJob, "
							+ "DrillJob, or no file",
					"jobs/nightly.yml:1:1: this file would not be read; its name must end in .yaml");
	}

	@Test
	void hostileTextIsRefusedAndBounded() {
		String bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nkind: BackupJob\nspec: *c\n";
		String long_ = "# " + "x".repeat(1024 * 1024) + "\n";
		String circle = "kind: BackupJob\nspec: &s\n  applications: *s\n";

		assertThat(refused(DefinitionFile.of("jobs/bomb.yaml", bomb))).isNotEmpty();
		assertThat(refused(DefinitionFile.of("jobs/circle.yaml", circle))).isNotEmpty();
		assertThat(refused(DefinitionFile.of("jobs/control.yaml", "kind: \u0001"))).hasSize(1)
			.first()
			.asString()
			.startsWith("jobs/control.yaml:1:");
		assertThat(refused(DefinitionFile.of("jobs/long.yaml", long_))).hasSize(1)
			.first()
			.asString()
			.isEqualTo("jobs/long.yaml:1:1: this file is too long; expected at most 1048576 bytes");
		assertThat(refused(DefinitionFile.of("jobs/deep.yaml", "[".repeat(100_000)))).isNotEmpty();
		assertThat(refused(DefinitionFile.of("jobs/value.yaml", JOB.replace("30 2 * * *", "9".repeat(5000)))))
			.isNotEmpty();
	}

	private static List<String> refused(DefinitionFile... files) {
		ReadResult result = DefinitionReader.read(List.of(files));
		assertThat(result).isInstanceOf(ReadResult.Refused.class);
		return ((ReadResult.Refused) result).problems().stream().map(Problem::toString).toList();
	}

}
