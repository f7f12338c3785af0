package dev.longhaul.batch.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.longhaul.core.volume.ByteSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a killed process leaves in the scratch directory.
 */
class ScratchIT {

	@TempDir
	private Path directory;

	@Test
	void roomOfAKilledProcessGoesAndThatOfALivingOneStays() throws Exception {
		Scratch scratch = new Scratch(directory, ByteSize.ofMebibytes(1));
		Files.writeString(directory.resolve("somebody-elses"), "file");
		Process other = start();
		try {
			assertThat(scratch.sweep()).as("while it runs").isZero();
			try (Scratch.Room own = scratch.room()) {
				assertThat(scratch.sweep()).as("our own").isZero();
				assertThat(own.path()).isDirectory();
			}
			assertThat(left()).hasSize(2);

			other.destroyForcibly().waitFor();

			assertThat(scratch.sweep()).isOne();
			assertThat(left()).containsExactly("somebody-elses");
		}
		finally {
			other.destroyForcibly();
		}
	}

	private List<String> left() throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map(file -> file.getFileName().toString()).toList();
		}
	}

	private Process start() throws IOException {
		String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				classes, RoomHolder.class.getName(), directory.toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		BufferedReader out = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		assertThat(out.readLine()).isEqualTo("here");
		return process;
	}

}
