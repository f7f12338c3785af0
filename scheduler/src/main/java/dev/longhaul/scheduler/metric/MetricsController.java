package dev.longhaul.scheduler.metric;

import java.nio.charset.StandardCharsets;

import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /actuator/prometheus}, where scrapers look for it. It tells what one backs up,
 * so a scraper has a token, too.
 */
@RestController
public final class MetricsController {

	private static final MediaType TEXT = MediaType.parseMediaType("text/plain;version=0.0.4;charset=utf-8");

	private final PrometheusMeterRegistry meters;

	public MetricsController(PrometheusMeterRegistry meters) {
		this.meters = meters;
	}

	@Needs(Scope.READ)
	@GetMapping("/actuator/prometheus")
	ResponseEntity<byte[]> scrape() {
		return ResponseEntity.ok().contentType(TEXT).body(meters.scrape().getBytes(StandardCharsets.UTF_8));
	}

}
