package dev.longhaul.scheduler.access;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import org.threeten.extra.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;

class ThrottleTest {

	private final MutableClock clock = MutableClock.of(Instant.parse("2026-11-23T02:30:00Z"), ZoneOffset.UTC);

	private final Throttle throttle = new Throttle(clock);

	@Test
	void anAddressThatGuessesWaitsForTheRestOfTheMinute() {
		fail("192.0.2.1", Throttle.FAILURES_PER_ADDRESS - 1);
		assertThat(throttle.wait("192.0.2.1")).isEmpty();

		clock.add(Duration.ofSeconds(20));
		throttle.failed("192.0.2.1");
		assertThat(throttle.wait("192.0.2.1")).contains(Duration.ofSeconds(40));
		assertThat(throttle.wait("192.0.2.2")).isEmpty();

		clock.add(Duration.ofSeconds(40));
		assertThat(throttle.wait("192.0.2.1")).isEmpty();
	}

	@Test
	void beingRightOnceIsNoLicenceToGuess() {
		fail("192.0.2.1", Throttle.FAILURES_PER_ADDRESS);
		throttle.succeeded("192.0.2.1");

		assertThat(throttle.wait("192.0.2.1")).isPresent();
	}

	@Test
	void allAddressesOfOneNetworkOfTheVersionSixAreOne() {
		for (int i = 0; i < Throttle.FAILURES_PER_ADDRESS; i++) {
			throttle.failed("2001:db8:0:1::" + Integer.toHexString(i + 1));
		}

		assertThat(throttle.wait("2001:db8:0:1:ffff::1")).isPresent();
		assertThat(throttle.wait("2001:db8:0:2::1")).isEmpty();
	}

	@Test
	void whoWasRightIsNotHeldUpByWhatAllOthersGuess() {
		throttle.succeeded("192.0.2.1");
		for (int i = 0; i < Throttle.FAILURES_IN_ALL; i++) {
			throttle.failed("198.51.100." + i);
		}

		assertThat(throttle.wait("203.0.113.1")).isPresent();
		assertThat(throttle.wait("192.0.2.1")).isEmpty();
	}

	@Test
	void remembersABoundedNumberOfAddresses() {
		fail("192.0.2.1", Throttle.FAILURES_PER_ADDRESS);
		for (int i = 0; i < Throttle.MOST_ADDRESSES; i++) {
			throttle.succeeded("10.0.%d.%d".formatted(i / 256, i % 256));
		}

		assertThat(throttle.wait("192.0.2.1")).isEmpty();
	}

	private void fail(String address, int times) {
		for (int i = 0; i < times; i++) {
			throttle.failed(address);
		}
	}

}
