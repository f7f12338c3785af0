package dev.longhaul.scheduler.scenario.a_plain_night;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.FileSystem;
import dev.longhaul.core.volume.ObjectCopy;
import dev.longhaul.core.volume.Original;
import dev.longhaul.core.volume.SeenFileSystem;
import dev.longhaul.scheduler.database.PostgresServer;
import dev.longhaul.scheduler.scenario.Program;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.scenario.Traces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a night proves every application, and a second start of it does nothing. Method:
 * two applications with three volumes, run twice; what is in cluster and bucket is
 * counted.
 */
class PlainNightIT {

	@TempDir
	private Path directory;

	@Test
	void provesEveryApplicationAndDoesNothingTheSecondTime() throws IOException {
		try (Scene scene = Scene.withTwoApplications(directory)) {
			Program.Ended first = scene.night();

			assertThat(first.exit()).as(first.everything()).isZero();
			assertThat(first.err()).isEmpty();
			assertThat(first.out()).containsPattern("^Night 2026-11-22 02:30  nightly\n")
				.containsPattern("\n  vaultwarden   snapshot 1/1 \\d\\.\\d s   backup \\d+ MiB \\(.* new\\)   "
						+ "read back \\d+ blocks  ok\n")
				.containsPattern("\n  gitea         snapshots 2/2 .* ok\n")
				.containsPattern("\nvaultwarden   ✕  ●  ●  .  ●   .* ago\\) ");
			new Traces(scene).assertEverythingIsThereOnce(Scene.NIGHT);

			Program.Ended second = scene.night();

			assertThat(second.exit()).isZero();
			assertThat(second.out()).startsWith("Night 2026-11-22 02:30  nightly  proven already at ");
			new Traces(scene).assertEverythingIsThereOnce(Scene.NIGHT);
		}
	}

	@Test
	void isTheSameWithPostgresql() throws IOException {
		try (PostgresServer database = PostgresServer.create(); Scene scene = Scene.withTwoApplications(directory)) {
			scene.use(database);

			Program.Ended first = scene.night();

			assertThat(first.exit()).as(first.everything()).isZero();
			assertThat(first.err()).isEmpty();
			new Traces(scene).assertEverythingIsThereOnce(Scene.NIGHT);

			Program.Ended second = scene.night();

			assertThat(second.exit()).isZero();
			assertThat(second.out()).startsWith("Night 2026-11-22 02:30  nightly  proven already at ");
			assertThat(first.everything() + second.everything()).doesNotContain(PostgresServer.PASSWORD);
			try (Stream<Path> files = Files.list(directory)) {
				assertThat(files).as("no other database").noneMatch(file -> file.toString().endsWith(".mv.db"));
			}
		}
	}

	@Test
	void recordsWhatItTakesToMakeTheVolumesAgain() throws IOException {
		try (Scene scene = Scene.withTwoApplications(directory)) {
			assertThat(scene.night().exit()).isZero();

			RunManifest manifest = new Traces(scene).catalog().findManifest(Scene.NIGHT).orElseThrow().manifest();
			assertThat(manifest.kubernetesVersion()).startsWith("v1.");
			assertThat(manifest.restorePoints()).flatExtracting(RestorePoint::backups).hasSize(3).allSatisfy(backup -> {
				Original original = Objects.requireNonNull(backup.original());
				assertThat(original.size()).isEqualTo(ByteSize.ofMebibytes(32));
				assertThat(original.replicas()).isPositive();
				assertThat(original.objects().claim()).isInstanceOf(ObjectCopy.Kept.class);
				assertThat(original.objects().volume()).isInstanceOf(ObjectCopy.Kept.class);
				assertThat(original.objects().storageClass()).isInstanceOf(ObjectCopy.Kept.class);
				SeenFileSystem seen = Objects.requireNonNull(original.fileSystem());
				assertThat(seen.fileSystem().kind()).isEqualTo(FileSystem.Kind.EXT4);
				assertThat(seen.at()).isEqualTo(backup.snapshotAt());
			});
		}
	}

	@Test
	void printsOneDocumentForMachines() throws IOException {
		try (Scene scene = Scene.withTwoApplications(directory)) {
			Program.Ended night = scene.night("--output", "json");

			assertThat(night.exit()).isZero();
			assertThat(night.err()).isEmpty();
			assertThat(night.out().lines()).singleElement()
				.asString()
				.startsWith(
						"{\"job\":\"nightly\",\"scheduledFor\":\"2026-11-22T02:30:00Z\",\"end\":\"proven\",\"exit\":0,");
		}
	}

}
