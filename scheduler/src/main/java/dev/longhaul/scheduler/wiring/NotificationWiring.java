package dev.longhaul.scheduler.wiring;

import java.time.Clock;

import javax.sql.DataSource;

import dev.longhaul.scheduler.ledger.Ledger;
import dev.longhaul.scheduler.news.StandingWatch;
import dev.longhaul.scheduler.notification.Channels;
import dev.longhaul.scheduler.notification.Notifier;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Who is told, and who tells them.
 */
@Configuration(proxyBeanMethods = false)
class NotificationWiring {

	@Bean
	Channels channels(LonghaulProperties properties, Clock clock) {
		return properties.notifications().channels(clock);
	}

	/** A credential that is missing is found now, and not when the first run fails. */
	@Bean
	Notifier notifier(Channels channels, DataSource database, PlatformTransactionManager transactions, Ledger ledger,
			MeterRegistry meters, Clock clock) {
		channels.check();
		return new Notifier(channels, database, transactions, () -> {
			ledger.refresh();
			return StandingWatch.rows(ledger.overview());
		}, meters, clock);
	}

}
