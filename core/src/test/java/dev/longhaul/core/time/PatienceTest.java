package dev.longhaul.core.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.Interruption;
import org.junit.jupiter.api.Test;
import org.threeten.extra.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PatienceTest {

	/** Moves only when somebody waits. */
	private final MutableClock clock = MutableClock.epochUTC();

	private final Patience patience = new Patience(Duration.ofSeconds(2), Duration.ofSeconds(10));

	@Test
	void answersAtOnceWithoutPausing() {
		Optional<String> answer = patience.await(clock, clock::add, "it", () -> Optional.of("there"));

		assertThat(answer).contains("there");
		assertThat(elapsed()).isZero();
	}

	@Test
	void looksUntilThereIsAnAnswer() {
		AtomicInteger looks = new AtomicInteger();

		Optional<Integer> answer = patience.await(clock, clock::add, "it",
				() -> (looks.incrementAndGet() == 3) ? Optional.of(3) : Optional.empty());

		assertThat(answer).contains(3);
		assertThat(elapsed()).isEqualTo(Duration.ofSeconds(4));
	}

	@Test
	void looksOnceMoreWhenTheLimitIsReachedAndThenGivesUp() {
		AtomicInteger looks = new AtomicInteger();

		Optional<String> answer = patience.await(clock, clock::add, "it", () -> {
			looks.incrementAndGet();
			return Optional.empty();
		});

		assertThat(answer).isEmpty();
		assertThat(looks).hasValue(6);
		assertThat(elapsed()).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void endsWhenToldToStopAndLeavesTheFlagSet() {
		Pause interrupted = duration -> {
			throw new InterruptedException();
		};

		assertThatThrownBy(() -> patience.await(clock, interrupted, "the backup", Optional::empty))
			.isInstanceOf(Interruption.class)
			.hasMessage("interrupted while waiting for the backup")
			.extracting(ex -> ((Interruption) ex).code().exitStatus())
			.isEqualTo(ExitStatus.INTERRUPTED);
		assertThat(Thread.interrupted()).isTrue();
	}

	private Duration elapsed() {
		return Duration.between(Instant.EPOCH, clock.instant());
	}

}
