package dev.longhaul.scheduler.scenario.database_damaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;

import dev.longhaul.scheduler.scenario.Program;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.scenario.Traces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: the database is a cache. A damaged one is put aside, and the night is known again
 * by the names of what it made: nothing is made twice. Method: the file is overwritten
 * with noise after a night, which is then started again.
 */
class DatabaseDamagedIT {

	@TempDir
	private Path directory;

	@Test
	void theNightIsKnownByWhatItMade() throws IOException {
		try (Scene scene = Scene.withTwoApplications(directory)) {
			assertThat(scene.night().exit()).isZero();
			byte[] noise = new byte[(int) Files.size(scene.database())];
			new Random(1).nextBytes(noise);
			Files.write(scene.database(), noise);

			Program.Ended again = scene.night();

			assertThat(again.exit()).as(again.everything()).isZero();
			assertThat(again.err())
				.startsWith("warning: the database was damaged and is now '" + scene.database() + ".damaged-");
			new Traces(scene).assertEverythingIsThereOnce(Scene.NIGHT);
			try (Stream<Path> beside = Files.list(directory)) {
				assertThat(beside).as("the damaged file is kept")
					.filteredOn(file -> file.getFileName().toString().startsWith("longhaul.mv.db."))
					.singleElement()
					.satisfies(file -> assertThat(file).hasBinaryContent(noise));
			}
		}
	}

}
