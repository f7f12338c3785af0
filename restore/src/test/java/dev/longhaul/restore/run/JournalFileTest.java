package dev.longhaul.restore.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JournalFileTest {

	private static final Instant FIRST = Instant.parse("2026-11-22T02:30:00Z");

	private static final Instant LATER = Instant.parse("2026-11-22T02:31:00Z");

	private static final String PLAN = "a".repeat(64);

	@TempDir
	private Path directory;

	private Path file;

	@BeforeEach
	void name() {
		file = JournalFile.beside(directory.resolve("plan.json"));
	}

	@Test
	void remembersWhenThePlanWasBegunFirst() throws IOException {
		assertThat(begin(FIRST)).isEqualTo(FIRST);
		assertThat(begin(LATER)).isEqualTo(FIRST);

		assertThat(Files.readAllLines(file)).containsExactly(line(FIRST, "begun", PLAN), line(LATER, "resumed", PLAN));
		assertThat(file).hasFileName("plan.json.journal");
	}

	@Test
	void aLineThatWasCutIsLeftOutWhereverItWasCut() throws IOException {
		begin(FIRST);
		try (JournalFile journal = JournalFile.open(file)) {
			journal.record(FIRST, "volume-asked", "pvc-1");
		}
		byte[] whole = Files.readAllBytes(file);
		int second = line(FIRST, "begun", PLAN).length() + 1;
		for (int length = 0; length < whole.length; length++) {
			Files.write(file, Arrays.copyOf(whole, length));

			Instant begun = begin(LATER);

			boolean first = length < second;
			assertThat(begun).as("cut after %d bytes", length).isEqualTo(first ? LATER : FIRST);
			assertThat(Files.readAllLines(file)).as("cut after %d bytes", length)
				.containsExactly(first ? new String[] { line(LATER, "begun", PLAN) }
						: new String[] { line(FIRST, "begun", PLAN), line(LATER, "resumed", PLAN) });
		}
	}

	@Test
	void twoRunsDoNotWorkSideBySide() {
		try (JournalFile first = JournalFile.open(file)) {
			first.begin(PLAN, FIRST);

			assertThatThrownBy(() -> JournalFile.open(file)).isInstanceOfSatisfying(RefusedRequest.class,
					refusal -> assertThat(refusal.code()).isEqualTo(FailureCode.ALREADY_RUNNING));
		}
		assertThat(begin(LATER)).isEqualTo(FIRST);
	}

	@Test
	void whatIsNoJournalOfThisPlanIsLeftAsItIs() throws IOException {
		begin(FIRST);
		String before = Files.readString(file);

		try (JournalFile journal = JournalFile.open(file)) {
			assertThatThrownBy(() -> journal.begin("b".repeat(64), LATER))
				.isInstanceOfSatisfying(RefusedRequest.class,
						refusal -> assertThat(refusal.code()).isEqualTo(FailureCode.PLAN_CHANGED))
				.hasMessageContaining("is of plan " + PLAN);
		}
		assertThat(file).hasContent(before);
		for (String other : new String[] { "holiday photos\n", "x".repeat(2000), "{}\n",
				line(FIRST, "ended", PLAN) + "\n" }) {
			Files.writeString(file, other);
			try (JournalFile journal = JournalFile.open(file)) {
				assertThatThrownBy(() -> journal.begin(PLAN, LATER)).isInstanceOf(RefusedRequest.class)
					.hasMessageContaining(file.toString());
			}
			assertThat(Files.readString(file)).isEqualTo(other);
		}
	}

	@Test
	void aPlaceThatCannotBeWrittenIsTold() {
		assertThatThrownBy(() -> JournalFile.open(directory)).isInstanceOf(RefusedRequest.class)
			.hasMessageContaining("it is a directory");
		assertThatThrownBy(() -> JournalFile.open(directory.resolve("none/journal")))
			.isInstanceOf(RefusedRequest.class);
	}

	private Instant begin(Instant now) {
		try (JournalFile journal = JournalFile.open(file)) {
			return journal.begin(PLAN, now);
		}
	}

	private static String line(Instant at, String event, String subject) {
		return "{\"at\":\"%s\",\"event\":\"%s\",\"subject\":\"%s\"}".formatted(at, event, subject);
	}

}
