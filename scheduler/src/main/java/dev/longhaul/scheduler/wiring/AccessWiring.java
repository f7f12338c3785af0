package dev.longhaul.scheduler.wiring;

import java.time.Clock;

import javax.sql.DataSource;

import dev.longhaul.scheduler.access.AuditLog;
import dev.longhaul.scheduler.access.Authenticator;
import dev.longhaul.scheduler.access.Issuer;
import dev.longhaul.scheduler.access.SignOnClient;
import dev.longhaul.scheduler.access.SingleSignOn;
import dev.longhaul.scheduler.access.Throttle;
import dev.longhaul.scheduler.access.Tokens;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who may do what.
 */
@Configuration(proxyBeanMethods = false)
class AccessWiring {

	@Bean
	Tokens tokens(DataSource database, Clock clock) {
		return new Tokens(JdbcClient.create(database), clock);
	}

	@Bean
	AuditLog auditLog(DataSource database, Clock clock) {
		return new AuditLog(JdbcClient.create(database), clock);
	}

	@Bean
	Authenticator authenticator(Tokens tokens, @Nullable Issuer issuer, Throttle throttle, Clock clock) {
		return new Authenticator(tokens, issuer, throttle, clock);
	}

	@Bean
	Throttle throttle(Clock clock) {
		return new Throttle(clock);
	}

	/** Null if nobody else's tokens are believed. */
	@Bean
	@Nullable Issuer issuer(LonghaulProperties properties, Clock clock) {
		OidcSettings oidc = properties.server().oidc();
		return (oidc != null) ? new Issuer(oidc.trust(), clock) : null;
	}

	/** Null if nobody else signs people in. */
	@Bean
	@Nullable SingleSignOn singleSignOn(@Nullable Issuer issuer, Throttle throttle, LonghaulProperties properties) {
		SignOnClient client = properties.server().signOn();
		return (issuer != null && client != null) ? new SingleSignOn(issuer, client, throttle) : null;
	}

}
