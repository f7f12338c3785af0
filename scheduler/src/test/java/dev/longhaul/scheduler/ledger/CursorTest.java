package dev.longhaul.scheduler.ledger;

import java.time.Instant;
import java.util.Collections;
import java.util.List;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CursorTest {

	private static final Instant TAKEN = Instant.parse("2026-11-22T02:30:00.123456Z");

	private static final Night NIGHT = new Night(new JobName("nightly"), Instant.parse("2026-11-22T02:30:00Z"));

	@Test
	void standsInAUrlAndComesBack() {
		Cursor cursor = Cursor.after(TAKEN, NIGHT);

		assertThat(cursor).hasToString("2026-11-22T02%3A30%3A00.123456Z~nightly~2026-11-22T02%3A30%3A00Z");
		assertThat(Cursor.parse(cursor.toString())).isEqualTo(cursor);
		assertThat(cursor.takenAt()).isEqualTo(TAKEN);
		assertThat(cursor.night()).isEqualTo(NIGHT);
	}

	@Test
	void keepsWhateverItsKeysHold() {
		Cursor cursor = new Cursor(List.of("a~b", "ä/1 2", "%"));

		assertThat(Cursor.parse(cursor.toString())).isEqualTo(cursor);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "~", "a~", "a b", "a~b~c~d", "%zz", "'; DROP TABLE ledger_point", "a\nb" })
	void refusesWhatIsNone(String text) {
		assertThatThrownBy(() -> Cursor.parse(text)).isInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void refusesToGoOnInAnotherList() {
		Cursor ofVolumes = Cursor.after(new ApplicationName("gitea"), 7);

		assertThat(ofVolumes.application()).isEqualTo(new ApplicationName("gitea"));
		assertThat(ofVolumes.place()).isEqualTo(7);
		assertThatThrownBy(ofVolumes::night).hasMessage("this cursor is of another list");
		assertThatThrownBy(() -> Cursor.after(TAKEN, NIGHT).place()).hasMessage("this cursor is of another list");
		assertThatThrownBy(() -> new Cursor(List.of("gitea", "seven")).place())
			.isInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void isShort() {
		assertThatThrownBy(() -> Cursor.parse("a".repeat(201))).hasMessage("this is no cursor");
		assertThatThrownBy(() -> new Cursor(Collections.nCopies(4, "a"))).hasMessage("a cursor has 1 to 3 keys");
	}

}
