package dev.longhaul.batch.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.time.Patience;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PerseveranceTest {

	private static final Instant START = Instant.parse("2026-11-22T02:30:00Z");

	private final TransientFailure away = new TransientFailure(FailureCode.CLUSTER_UNREACHABLE, "away", "wait");

	private final OutcomeUnknown unknown = new OutcomeUnknown(FailureCode.CLUSTER_UNREACHABLE, "lost", "look");

	private final RefusedRequest refused = new RefusedRequest(FailureCode.CLUSTER_REFUSED, "no", "ask");

	private final VirtualTime time = new VirtualTime(START);

	private final Perseverance perseverance = new Perseverance(time, time,
			new Patience(Duration.ofSeconds(3), Duration.ofSeconds(10)));

	@Test
	void asksAgainAfterWhatMayPass() {
		assertThat(perseverance.ask("asking", failing(away, unknown))).isEqualTo("answer");
		assertThat(time.instant()).isEqualTo(START.plusSeconds(6));
	}

	@Test
	void asksOnceMoreAtTheLimitAndThenGivesUpWithTheLastFailure() {
		assertThatThrownBy(() -> perseverance.ask("asking", failing(away, away, away, away, away))).isSameAs(away);
		assertThat(time.instant()).isEqualTo(START.plusSeconds(12));
	}

	@Test
	void neverAsksAgainAfterARefusal() {
		assertThatThrownBy(() -> perseverance.ask("asking", failing(refused))).isSameAs(refused);
		assertThat(time.instant()).isEqualTo(START);
	}

	@Test
	void stopsWhenToldTo() {
		Perseverance stopped = new Perseverance(time, duration -> {
			throw new InterruptedException();
		}, new Patience(Duration.ofSeconds(3), Duration.ofSeconds(10)));

		assertThatThrownBy(() -> stopped.ask("asking for it", failing(away))).isInstanceOf(Interruption.class)
			.hasMessage("interrupted while asking for it");
		assertThat(Thread.interrupted()).isTrue();
	}

	private static Supplier<String> failing(LonghaulException... failures) {
		Deque<LonghaulException> left = new ArrayDeque<>(List.of(failures));
		return () -> {
			if (!left.isEmpty()) {
				throw left.remove();
			}
			return "answer";
		};
	}

}
