package dev.longhaul.scheduler.rest;

import java.util.List;

import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.rest.Paging.Page;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/v1/restores} and {@code /api/v1/migrations}. This server begins neither, so
 * there are none.
 */
@RestController
public final class RestoresController {

	@Needs(Scope.READ)
	@GetMapping({ "/api/v1/restores", "/api/v1/migrations" })
	Page<Void> list() {
		return new Page<>(List.of(), null);
	}

}
