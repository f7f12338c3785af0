package dev.longhaul.scheduler.wiring;

import java.time.Clock;

import javax.sql.DataSource;

import dev.longhaul.scheduler.access.AuditLog;
import dev.longhaul.scheduler.access.Authenticator;
import dev.longhaul.scheduler.access.Issuer;
import dev.longhaul.scheduler.access.Throttle;
import dev.longhaul.scheduler.access.Tokens;
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
	Authenticator authenticator(Tokens tokens, LonghaulProperties properties, Clock clock) {
		OidcSettings oidc = properties.server().oidc();
		return new Authenticator(tokens, (oidc != null) ? new Issuer(oidc.trust(), clock) : null, new Throttle(clock),
				clock);
	}

}
