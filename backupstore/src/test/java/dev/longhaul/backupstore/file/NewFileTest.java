package dev.longhaul.backupstore.file;

import java.nio.file.Path;

import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.volume.ByteSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NewFileTest {

	@TempDir
	private Path directory;

	@Test
	void whoIsToldToStopLeavesNothingAndIsNotToldThatTheDiskRefuses() {
		Path target = directory.resolve("image");
		try (NewFile file = NewFile.create(target, new ByteSize(1))) {
			Thread.currentThread().interrupt();

			assertThatExceptionOfType(Interruption.class).isThrownBy(() -> file.write(0, new byte[1]))
				.withMessage("interrupted while writing '%s'", target);
		}
		assertThat(Thread.interrupted()).as("callers further out notice too").isTrue();
		assertThat(directory).isEmptyDirectory();
	}

}
