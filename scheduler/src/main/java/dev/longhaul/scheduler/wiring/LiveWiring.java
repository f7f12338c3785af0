package dev.longhaul.scheduler.wiring;

import java.time.Clock;

import dev.longhaul.scheduler.access.Authenticator;
import dev.longhaul.scheduler.live.Audience;
import dev.longhaul.scheduler.page.Assets;
import dev.longhaul.scheduler.page.Pages;
import dev.longhaul.scheduler.rest.RunEventsController;
import dev.longhaul.scheduler.run.Runs;
import dev.longhaul.scheduler.site.Outlooks;
import dev.longhaul.scheduler.site.RunsSection;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs as they happen, for whoever watches over HTTP.
 */
@Configuration(proxyBeanMethods = false)
class LiveWiring {

	@Bean
	Audience audience(Runs runs, Authenticator authenticator) {
		return new Audience(runs, authenticator);
	}

	@Bean
	RunEventsController runEventsResource(Audience audience, JsonMapper json) {
		return new RunEventsController(audience, json);
	}

	@Bean
	RunsSection runsSection(Runs runs, Audience audience, Assets assets, Outlooks outlooks, Clock clock) {
		return new RunsSection(runs, audience, new Pages(assets), outlooks, clock);
	}

	/** The web server stops when all requests have ended, and these would not. */
	@Bean
	SmartLifecycle audienceGoesFirst(Audience audience) {
		return new SmartLifecycle() {

			private volatile boolean running;

			@Override
			public void start() {
				running = true;
			}

			@Override
			public void stop() {
				running = false;
				audience.close();
			}

			@Override
			public boolean isRunning() {
				return running;
			}

		};
	}

}
