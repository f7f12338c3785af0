package dev.longhaul.scheduler.access;

import dev.longhaul.core.text.Printable;

/**
 * Something that somebody did, or wanted to.
 *
 * @param caller by name; {@link #UNKNOWN} if nobody vouches for it
 * @param scopes the caller has
 * @param address it came from
 * @param action what it is for every subject: {@code POST /api/v1/jobs/{name}/pause}
 * @param subject to what
 * @param detail such as the status, and the run that was begun
 */
public record AuditEntry(String caller, String scopes, String address, String action, String subject,
		AuditOutcome outcome, String detail) {

	/** A caller without a valid token. */
	public static final String UNKNOWN = "unknown";

	public AuditEntry {
		caller = bounded(caller, 250);
		scopes = bounded(scopes, 40);
		address = bounded(address, 64);
		action = bounded(action, 200);
		subject = bounded(subject, 500);
		detail = bounded(detail, 500);
	}

	/** Callers choose some of it. */
	private static String bounded(String text, int longest) {
		String printable = Printable.of(text);
		return printable.substring(0, Math.min(printable.length(), longest));
	}

}
