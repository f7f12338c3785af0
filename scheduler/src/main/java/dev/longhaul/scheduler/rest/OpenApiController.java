package dev.longhaul.scheduler.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/v1/openapi.json}: the document that describes all of this. It is written by
 * hand, and tests compare it with what the server answers.
 */
@RestController
public final class OpenApiController {

	private static final String DOCUMENT = "openapi.json";

	private final byte[] document = read();

	private static byte[] read() {
		try (InputStream document = OpenApiController.class.getResourceAsStream(DOCUMENT)) {
			return Objects.requireNonNull(document, DOCUMENT).readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Needs(Scope.READ)
	@GetMapping("/api/v1/openapi.json")
	ResponseEntity<byte[]> document() {
		return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
	}

}
