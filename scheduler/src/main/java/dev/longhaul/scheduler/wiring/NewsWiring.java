package dev.longhaul.scheduler.wiring;

import dev.longhaul.scheduler.ledger.Ledger;
import dev.longhaul.scheduler.metric.ApplicationMeters;
import dev.longhaul.scheduler.news.RunNews;
import dev.longhaul.scheduler.news.StandingWatch;
import dev.longhaul.scheduler.notification.Notifier;
import dev.longhaul.scheduler.run.RunJournal;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What follows runs in a server that keeps running.
 */
@Configuration(proxyBeanMethods = false)
class NewsWiring {

	@Bean
	StandingWatch standingWatch(Ledger ledger, ApplicationMeters meters, Notifier notifier) {
		return new StandingWatch(ledger, meters, notifier);
	}

	@Bean
	RunNews runNews(RunJournal journal, Notifier notifier, StandingWatch standing) {
		return new RunNews(journal, notifier, standing);
	}

}
