package dev.longhaul.scheduler.notification;

import java.time.Instant;
import java.util.UUID;

import dev.longhaul.core.run.Night;
import org.jspecify.annotations.Nullable;

/**
 * What one channel is told once. It holds no secret and is bounded, as it waits in the
 * database until it is delivered.
 *
 * @param id the same at every attempt, so that a receiver can drop doubles
 * @param at when it was told
 * @param text lines for people
 * @param html the same, for a mail; empty if it would be too long
 * @param run that it is about; null if about none
 * @param code of the failure; empty if nothing failed
 */
public record Message(UUID id, Event event, Urgency urgency, Instant at, String subject, String text, String html,
		@Nullable Night run, String code) {

	static final int LONGEST_SUBJECT = 200;

	static final int LONGEST_TEXT = 60_000;

	static final int LONGEST_HTML = 200_000;

	public Message {
		subject = Shortened.to(LONGEST_SUBJECT, subject);
		text = Shortened.to(LONGEST_TEXT, text);
		html = (html.length() <= LONGEST_HTML) ? html : "";
	}

}
