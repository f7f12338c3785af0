package dev.longhaul.core.volume;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VolumePathTest {

	@Test
	void goesFromTheTopToTheFile() {
		assertThat(new VolumePath("a/b c/d.db").steps()).containsExactly(new VolumePath("a"), new VolumePath("a/b c"),
				new VolumePath("a/b c/d.db"));
		assertThat(new VolumePath("d.db").steps()).containsExactly(new VolumePath("d.db"));
	}

	@Test
	void hasNeighbours() {
		assertThat(new VolumePath("data/db.sqlite3").beside("-wal")).hasToString("data/db.sqlite3-wal");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/etc/passwd", "../x", "a/../../x", "a//b", "a/", "./a", "a\nstat /b", "a\u0000" })
	void refusesWhatIsNoPlaceWithinAVolume(String path) {
		assertThatThrownBy(() -> new VolumePath(path)).isInstanceOf(IllegalArgumentException.class)
			.hasMessageContaining("path");
	}

}
