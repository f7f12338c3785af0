package dev.longhaul.simulator.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.json.JsonObject;

/** A program did something else than what the demo shows. */
final class UnexpectedOutcome extends IOException {

	private static final long serialVersionUID = 1L;

	UnexpectedOutcome(String message) {
		super(message);
	}

	/**
	 * Reads what a program printed.
	 * @throws UnexpectedOutcome if that is no JSON object
	 */
	static JsonObject read(String command, String document) throws UnexpectedOutcome {
		try {
			return JsonDocument.read(document.getBytes(StandardCharsets.UTF_8)).whole();
		}
		catch (MalformedException ex) {
			UnexpectedOutcome outcome = new UnexpectedOutcome(
					"'%s' did not print its document: %s".formatted(command, ex.getMessage()));
			outcome.initCause(ex);
			throw outcome;
		}
	}

}
