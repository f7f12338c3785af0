package dev.longhaul.scheduler.web;

import java.nio.charset.StandardCharsets;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.page.Assets;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /assets}: what pages need besides themselves. The login needs it, too, and there
 * is nothing in it that is not in the program.
 */
@RestController
public final class AssetController {

	/** All of them. */
	static final String PATHS = "/assets/**";

	private final Assets assets;

	public AssetController(Assets assets) {
		this.assets = assets;
	}

	@Open
	@GetMapping(PATHS)
	ResponseEntity<byte[]> asset(HttpServletRequest request) {
		return assets.find(request.getRequestURI())
			.map(asset -> ResponseEntity.ok()
				.header(HttpHeaders.CACHE_CONTROL, Assets.CACHE_CONTROL)
				.contentType(MediaType.parseMediaType(asset.contentType()))
				.body(asset.content().getBytes(StandardCharsets.UTF_8)))
			.orElseThrow(() -> new RefusedRequest(FailureCode.NOT_FOUND, "there is nothing at this address",
					"load the page again: it is of another version of this server"));
	}

}
