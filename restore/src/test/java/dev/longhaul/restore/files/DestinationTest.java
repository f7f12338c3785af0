package dev.longhaul.restore.files;

import java.nio.file.Path;

import dev.longhaul.core.failure.RefusedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DestinationTest {

	@TempDir
	private Path directory;

	@Test
	void oneProcessAtATimeIsAtWorkInIt() {
		try (Destination first = Destination.open(directory)) {
			assertThat(first.directory()).isEqualTo(directory);

			assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> Destination.open(directory))
				.withMessageContaining("another process is restoring into '%s'", directory);
		}
		Destination.open(directory).close();
	}

}
