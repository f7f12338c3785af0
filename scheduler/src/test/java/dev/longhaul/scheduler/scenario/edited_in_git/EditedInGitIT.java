package dev.longhaul.scheduler.scenario.edited_in_git;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.gitops.repository.GitServer;
import dev.longhaul.scheduler.scenario.Declared;
import dev.longhaul.scheduler.scenario.Program;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.scenario.Traces;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: what is committed takes effect while the server runs, and what is wrong does not.
 * Method: the demo's three applications in a repository behind Git's own server over
 * HTTP, edited in good and in bad ways; nights are awaited at real minutes.
 */
class EditedInGitIT {

	private static final Pattern MANIFEST = Pattern.compile("cluster/longhaul/runs/nightly/(.+)/manifest\\.json");

	private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmss'z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final String NIGHTLY = """
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata: {name: nightly}
			spec:
			  schedule: "%s"
			""";

	@TempDir
	private Path directory;

	private Scene scene;

	private GitServer git;

	@BeforeEach
	void declareTwoOfTheApplications() throws IOException {
		scene = Scene.withThreeApplications(directory.resolve("scene"));
		git = GitServer.start(directory.resolve("git"));
		scene.useRepository(git.url());
		git.commit("longhaul/applications/vaultwarden.yaml", Declared.application("vaultwarden", "data"));
		git.commit("longhaul/applications/gitea.yaml", Declared.application("gitea", "data", "db"));
		git.commit("longhaul/jobs/nightly.yaml", NIGHTLY.formatted("0 0 1 1 *"));
	}

	@AfterEach
	void close() throws IOException {
		git.close();
		scene.close();
	}

	@Test
	void anEditTakesEffectWhileTheServerRunsAndABrokenOneDoesNot() throws IOException {
		Program.Running server = scene.startServing();
		awaiting().until(() -> server.printed().contains("nightly: next run "));

		git.commit("longhaul/applications/nextcloud.yaml", Declared.application("nextcloud", "data"));
		String edited = git.commit("longhaul/jobs/nightly.yaml", NIGHTLY.formatted("* * * * *"));
		awaiting().until(() -> server.printed().contains("in force: commit " + edited.substring(0, 8)));
		String broken = git.commit("longhaul/jobs/nightly.yaml", NIGHTLY.formatted("* * * *"));
		awaiting().until(() -> server.complained().contains("commit " + broken.substring(0, 8)));
		git.down();
		awaiting().until(() -> server.complained().contains("does not answer"));

		awaiting().until(() -> !manifests().isEmpty());
		server.process().destroy();
		Program.Ended ended = server.await();
		assertThat(ended.exit()).as(ended.everything()).isIn(0, 4);
		assertThat(ended.err()).contains("""
				commit %s is refused, commit %s stays in force:
				""".formatted(broken.substring(0, 8), edited.substring(0, 8)).strip())
			.contains("longhaul/jobs/nightly.yaml:5:13: '* * * *' is no cron expression");
		assertThat(manifests().get(0).revision()).isEqualTo(edited);
		assertThat(manifests().get(0).restorePoints()).extracting(point -> point.application().value())
			.containsExactly("gitea", "nextcloud", "vaultwarden");
	}

	@Test
	void oneNightTakesItsApplicationsFromGitToo() throws IOException {
		Program.Ended night = scene.night();

		assertThat(night.exit()).as(night.everything()).isZero();
		assertThat(night.err()).isEmpty();
		assertThat(night.out()).contains("vaultwarden", "gitea").doesNotContain("nextcloud");

		git.commit("longhaul/jobs/nightly.yaml", NIGHTLY.formatted("soon"));
		Program.Ended again = scene.night();

		assertThat(again.exit()).isZero();
		assertThat(again.err()).contains("stays in force", "longhaul/jobs/nightly.yaml:5:13: 'soon' is no cron");
	}

	@Test
	void aNightThatIsNotDeclaredIsRefused() throws IOException {
		Program.Ended night = scene.night("--job", "weekly");

		assertThat(night.exit()).isEqualTo(2);
		assertThat(night.err()).contains("declares no BackupJob 'weekly'   [INVALID_DEFINITION]",
				"hint: declared are 'nightly'");
	}

	@Test
	void whatTheFirstDefinitionsGetWrongIsSaidAndTheServerWaitsForBetterOnes() throws IOException {
		git.commit("longhaul/jobs/nightly.yaml", NIGHTLY.formatted("soon"));
		Program.Running server = scene.startServing();
		awaiting().until(() -> server.complained().contains("longhaul/jobs/nightly.yaml:5:13: 'soon' is no cron"));

		git.commit("longhaul/jobs/nightly.yaml", NIGHTLY.formatted("30 2 * * *"));

		awaiting().until(() -> server.printed().contains("nightly: next run "));
		server.process().destroy();
		assertThat(server.await().exit()).isZero();
	}

	private static ConditionFactory awaiting() {
		return Awaitility.await().atMost(Duration.ofSeconds(150)).pollInterval(Duration.ofMillis(200));
	}

	/** Of all nights so far, oldest first. */
	private List<RunManifest> manifests() {
		Traces traces = new Traces(scene);
		return traces.keys()
			.stream()
			.map(MANIFEST::matcher)
			.filter(Matcher::matches)
			.map(key -> new Night(new JobName("nightly"), Instant.from(STAMP.parse(key.group(1)))))
			.map(night -> traces.catalog().findManifest(night).orElseThrow().manifest())
			.toList();
	}

}
