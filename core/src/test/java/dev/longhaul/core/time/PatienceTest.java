package dev.longhaul.core.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.Interruption;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PatienceTest {

	private final MovingClock clock = new MovingClock();

	private final Patience patience = new Patience(Duration.ofSeconds(2), Duration.ofSeconds(10));

	@Test
	void answersAtOnceWithoutPausing() {
		Optional<String> answer = patience.await(clock, clock::move, "it", () -> Optional.of("there"));

		assertThat(answer).contains("there");
		assertThat(clock.elapsed()).isZero();
	}

	@Test
	void looksUntilThereIsAnAnswer() {
		AtomicInteger looks = new AtomicInteger();

		Optional<Integer> answer = patience.await(clock, clock::move, "it",
				() -> (looks.incrementAndGet() == 3) ? Optional.of(3) : Optional.empty());

		assertThat(answer).contains(3);
		assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(4));
	}

	@Test
	void looksOnceMoreWhenTheLimitIsReachedAndThenGivesUp() {
		AtomicInteger looks = new AtomicInteger();

		Optional<String> answer = patience.await(clock, clock::move, "it", () -> {
			looks.incrementAndGet();
			return Optional.empty();
		});

		assertThat(answer).isEmpty();
		assertThat(looks).hasValue(6);
		assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(10));
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

	/** A clock that moves only when somebody waits. */
	private static final class MovingClock extends Clock {

		private final Instant start = Instant.parse("2026-11-22T02:30:00Z");

		private Instant now = start;

		void move(Duration duration) {
			now = now.plus(duration);
		}

		Duration elapsed() {
			return Duration.between(start, now);
		}

		@Override
		public Instant instant() {
			return now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
