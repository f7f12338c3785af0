package dev.longhaul.scheduler.web;

import java.util.Map;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Whether the process is to be restarted, and whether it takes requests. Neither asks
 * bucket, cluster or Git: a server that is restarted because a bucket is down cannot tell
 * anybody that it is.
 */
@RestController
public final class HealthController {

	private final ApplicationAvailability availability;

	public HealthController(ApplicationAvailability availability) {
		this.availability = availability;
	}

	@Open
	@GetMapping("/actuator/health")
	ResponseEntity<Map<String, String>> health() {
		return answer(isLive() && isReady());
	}

	@Open
	@GetMapping("/actuator/health/liveness")
	ResponseEntity<Map<String, String>> liveness() {
		return answer(isLive());
	}

	@Open
	@GetMapping("/actuator/health/readiness")
	ResponseEntity<Map<String, String>> readiness() {
		return answer(isReady());
	}

	private boolean isLive() {
		return availability.getLivenessState() == LivenessState.CORRECT;
	}

	private boolean isReady() {
		return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
	}

	/** The words of Spring Boot's own endpoint, which probes and monitors know. */
	private static ResponseEntity<Map<String, String>> answer(boolean up) {
		return ResponseEntity.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
			.body(Map.of("status", up ? "UP" : "OUT_OF_SERVICE"));
	}

}
