package dev.longhaul.scheduler.rest;

import java.util.List;

import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.rest.Paging.Page;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/v1/targets}: where backups are. There are as many as the configuration
 * lists, so they come in one part.
 */
@RestController
public final class TargetsController {

	private final List<TargetView> targets;

	public TargetsController(List<TargetView> targets) {
		this.targets = List.copyOf(targets);
	}

	@Needs(Scope.READ)
	@GetMapping("/api/v1/targets")
	Page<TargetView> list() {
		return new Page<>(targets, null);
	}

}
