package dev.longhaul.scheduler.access;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.threeten.extra.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;

class AuthenticatorTest {

	private static final Instant NOW = Instant.parse("2026-11-22T02:30:00Z");

	private final MutableClock clock = MutableClock.of(NOW, ZoneOffset.UTC);

	/** Its database is not asked. */
	private final Authenticator authenticator = new Authenticator(
			new Tokens(JdbcClient.create(new JdbcDataSource()), clock), null, new Throttle(clock), clock);

	@Test
	void aSessionEndsWhenItsProviderCeasesToVouch() {
		Caller ada = new Caller("user ada (4711)", Set.of(Scope.READ), null, NOW.plus(Duration.ofMinutes(5)));

		assertThat(authenticator.isStillValid(ada)).isTrue();

		clock.add(Duration.ofMinutes(5));

		assertThat(authenticator.isStillValid(ada)).isFalse();
	}

}
