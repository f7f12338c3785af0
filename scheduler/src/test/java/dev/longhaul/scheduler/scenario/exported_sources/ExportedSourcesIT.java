package dev.longhaul.scheduler.scenario.exported_sources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.stream.Identities;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.time.Pause;
import dev.longhaul.gitops.repository.GitServer;
import dev.longhaul.scheduler.scenario.Program;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.scenario.Traces;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: what a night keeps of the objects and of the repository is enough without either.
 * Method: the packaged program, a cluster, and Git's own server over HTTP; the server is
 * gone when Git's own program clones what came back from the bucket.
 */
class ExportedSourcesIT {

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final String APPLICATION = """
			apiVersion: longhaul.dev/v1
			kind: Application
			metadata: {name: gitea}
			spec:
			  namespace: gitea
			  volumes: [{claim: data}, {claim: db}]
			  exports: {objects: true, repository: true}
			""";

	private static final String NIGHTLY = """
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata: {name: nightly}
			spec: {schedule: "0 0 1 1 *"}
			""";

	@TempDir
	private Path directory;

	private Scene scene;

	private GitServer git;

	@BeforeEach
	void declareTheApplication() throws IOException {
		scene = Scene.withTwoApplications(directory.resolve("scene"));
		git = GitServer.start(directory.resolve("git"));
		scene.useRepository(git.url());
		git.commit("longhaul/jobs/nightly.yaml", NIGHTLY);
		git.commit("apps/values.yaml", "applications: []\n");
		git.commit("longhaul/applications/gitea.yaml", APPLICATION);
	}

	@AfterEach
	void close() throws IOException {
		git.close();
		scene.close();
	}

	@Test
	void theRepositoryIsClonedFromTheBucketWhenItsServerIsGone() throws IOException {
		String newest = git.git("rev-parse", "main").strip();

		Program.Ended night = scene.night();

		git.down();
		assertThat(night.exit()).as(night.everything()).isZero();
		Path bundle = fetch("repository");
		Path clone = directory.resolve("clone");
		git(directory, "clone", "--quiet", bundle.toString(), clone.toString());
		assertThat(git(clone, "rev-parse", "HEAD")).isEqualTo(newest);
		assertThat(git(clone, "rev-list", "--count", "HEAD")).isEqualTo("3");
		assertThat(clone.resolve("longhaul/jobs/nightly.yaml")).hasContent(NIGHTLY);
		assertThat(export("repository").origin())
			.isEqualTo("Git repository %s, commit %s".formatted(git.url(), newest.substring(0, 8)));
	}

	@Test
	void theObjectsComeBackAsKubectlAppliesThem() throws IOException {
		Program.Ended night = scene.night();

		assertThat(night.exit()).as(night.everything()).isZero();
		assertThat(Files.readString(fetch("objects")))
			.startsWith("{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[")
			.contains("\"kind\":\"PersistentVolumeClaim\",\"metadata\":{\"name\":\"data\"")
			.doesNotContain("\"uid\"", "\"status\"");
		assertThat(export("objects").inForce()).isNotNull();
	}

	private StoredExport export(String name) {
		RunExports exports = new Traces(scene).catalog().findExportsOfManifest(Scene.NIGHT).orElseThrow();
		return exports.find(GITEA, new ExportName(name)).orElseThrow();
	}

	private Path fetch(String name) {
		Path file = directory.resolve(name);
		new ExportArchive(scene.store(), new Traces(scene).layout(), Pause.real(), Clock.systemUTC()).fetch(Scene.NIGHT,
				GITEA, export(name), Identities.none(), file, soFar -> {
				});
		return file;
	}

	private static String git(Path where, String... arguments) throws IOException {
		return GitServer.run(where, arguments).strip();
	}

}
