package dev.longhaul.scheduler.wiring;

import dev.longhaul.scheduler.access.Tokens;
import dev.longhaul.scheduler.rest.MeController;
import dev.longhaul.scheduler.rest.TokensController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The resources of {@code /api/v1}.
 */
@Configuration(proxyBeanMethods = false)
class RestWiring {

	@Bean
	MeController me() {
		return new MeController();
	}

	@Bean
	TokensController tokensResource(Tokens tokens) {
		return new TokensController(tokens);
	}

}
