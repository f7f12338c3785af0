package dev.longhaul.gitops.change;

import java.util.Map;
import java.util.stream.Stream;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.change.SuspendJob.Wanted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Goal: one key comes and goes, and no other character. Method: files as people write
 * them, whole, before and after.
 */
class SuspendJobTest {

	private static final String PATH = "longhaul/jobs/jobs.yaml";

	private static final String HEAD = """
			# Of the whole house.   (two blanks at the end)\s\s
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata: {name: nightly}
			spec:
			""";

	private static final String NEXT = """
			---
			# 🌙 the other one, also with a key 'suspend'
			apiVersion: longhaul.dev/v1
			kind: VerifyJob
			metadata:
			    name: weekly
			spec:
			    after:   nightly   # not the schedule
			    suspend: true
			""";

	static Stream<Arguments> styles() {
		return Stream.of(
				arguments("block", "  schedule: \"30 2 * * *\"\n", "  schedule: \"30 2 * * *\"\n  suspend: true\n"),
				arguments("below the time zone, above the rest", """
						  schedule: '30 2 * * *' # at night
						  timeZone: UTC # not ours
						  # why so long
						  jitter: 5m
						""", """
						  schedule: '30 2 * * *' # at night
						  timeZone: UTC # not ours
						  suspend: true
						  # why so long
						  jitter: 5m
						"""),
				arguments("deeper", "      jitter: 5m\n      schedule: \"@daily\"\n\n",
						"      jitter: 5m\n      schedule: \"@daily\"\n      suspend: true\n\n"),
				arguments("carriage returns", "  schedule: \"@daily\"\r\n  jitter: 5m\r\n",
						"  schedule: \"@daily\"\r\n  suspend: true\r\n  jitter: 5m\r\n"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("styles")
	void putsTheKeyThereAndTakesItAway(String style, String before, String after) {
		Repository running = repository(HEAD + before + NEXT);

		Repository paused = running.after(new SuspendJob(new JobName("nightly"), Wanted.PAUSED));

		assertThat(paused.files()).containsEntry(PATH, HEAD + after + NEXT);
		assertThat(paused.after(new SuspendJob(new JobName("nightly"), Wanted.RUNNING))).isEqualTo(running);
	}

	@Test
	void worksOnTheRightOneOfSeveralDocumentsAfterSignsOutsideTheBasicPlane() {
		Repository paused = repository(HEAD + "  schedule: \"@daily\"\n" + NEXT);

		Repository resumed = paused.after(new SuspendJob(new JobName("weekly"), Wanted.RUNNING));

		assertThat(resumed.files()).containsEntry(PATH,
				HEAD + "  schedule: \"@daily\"\n" + NEXT.replace("    suspend: true\n", ""));
		assertThat(resumed.after(new SuspendJob(new JobName("weekly"), Wanted.PAUSED))).isEqualTo(paused);
	}

	@Test
	void keepsACommentOnTheLineByChangingTheValueOnly() {
		Repository paused = repository(HEAD + "  suspend: true # on holiday\n  schedule: \"@daily\"\n");

		Repository resumed = paused.after(new SuspendJob(new JobName("nightly"), Wanted.RUNNING));

		assertThat(resumed.files()).containsEntry(PATH,
				HEAD + "  suspend: false # on holiday\n  schedule: \"@daily\"\n");
		assertThat(resumed.after(new SuspendJob(new JobName("nightly"), Wanted.PAUSED))).isEqualTo(paused);
	}

	@Test
	void findsItsPlaceBetweenBraces() {
		String head = HEAD.replace("spec:\n", "spec: ");
		Repository running = repository(head + "{jitter: 5m, schedule: \"@daily\"}   # short\n" + NEXT);

		Repository paused = running.after(new SuspendJob(new JobName("nightly"), Wanted.PAUSED));
		Repository resumed = paused.after(new SuspendJob(new JobName("nightly"), Wanted.RUNNING));

		assertThat(paused.files()).containsEntry(PATH,
				head + "{jitter: 5m, schedule: \"@daily\", suspend: true}   # short\n" + NEXT);
		assertThat(resumed.files()).containsEntry(PATH,
				head + "{jitter: 5m, schedule: \"@daily\", suspend: false}   # short\n" + NEXT);
	}

	@Test
	void needsNoLineBreakAtTheEndOfTheFile() {
		Repository running = repository(HEAD + "  schedule: \"@daily\"");

		Repository paused = running.after(new SuspendJob(new JobName("nightly"), Wanted.PAUSED));

		assertThat(paused.files()).containsEntry(PATH, HEAD + "  schedule: \"@daily\"\n  suspend: true");
		assertThat(paused.after(new SuspendJob(new JobName("nightly"), Wanted.RUNNING))).isEqualTo(running);
	}

	@Test
	void changesNothingTwiceAndSaysWhatItWasDecidedOn() {
		Repository repository = repository(HEAD + "  schedule: \"@daily\"\n" + NEXT);

		Proposal running = new SuspendJob(new JobName("nightly"), Wanted.RUNNING).apply(repository);
		Proposal paused = new SuspendJob(new JobName("weekly"), Wanted.PAUSED).apply(repository);

		assertThat(running.files()).isEmpty();
		assertThat(running.basis()).containsOnlyKeys("BackupJob nightly");
		assertThat(running.basis().get("BackupJob nightly")).startsWith("apiVersion").endsWith("schedule: \"@daily\"");
		assertThat(paused.files()).isEmpty();
		assertThat(paused.subject()).isEqualTo("longhaul: pause weekly");
	}

	@Test
	void saysWhichJobsThereAre() {
		RefusedRequest failure = catchThrowableOfType(RefusedRequest.class,
				() -> new SuspendJob(new JobName("hourly"), Wanted.PAUSED)
					.apply(repository(HEAD + "  schedule: \"@daily\"\n" + NEXT)));

		assertThat(failure.code()).isEqualTo(FailureCode.INVALID_USAGE);
		assertThat(failure.fact()).isEqualTo("no job 'hourly' is defined");
		assertThat(failure.hint()).isEqualTo("defined are nightly, weekly");
	}

	private static Repository repository(String jobs) {
		return new Repository(Map.of(PATH, jobs, "longhaul/README.md", "# Ours"));
	}

}
