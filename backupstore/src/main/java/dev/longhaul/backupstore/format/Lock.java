package dev.longhaul.backupstore.format;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;

/**
 * A lock in a volume's folder. It holds no time: its age is that of the object.
 *
 * @param acquired whether its owner has seen that nothing stands against it
 * @param lastModified of the object, by the clock of the store
 */
public record Lock(String name, Type type, boolean acquired, Instant lastModified) {

	/** Longhorn's rule: older than this, a lock counts for nothing. */
	public static final Duration VALIDITY = Duration.ofSeconds(150);

	/** Reads a lock file. */
	public static Lock parse(InputStream in, Instant lastModified) throws IOException, MalformedException {
		Draft draft = new Draft();
		JsonObjectReader.read(in, draft::read);
		return new Lock(draft.name, draft.type, draft.acquired, lastModified);
	}

	/** Whether its owner still refreshes it; a live owner does so every 60 s. */
	public boolean isLive(Instant now) {
		return isLive(lastModified, now);
	}

	/** Whether an object that proves life by being rewritten was rewritten recently. */
	public static boolean isLive(Instant lastModified, Instant now) {
		return lastModified.plus(VALIDITY).isAfter(now);
	}

	/** Locks of one type never stand against each other. */
	public enum Type {

		BACKUP_OR_RESTORE, DELETION, UNTYPED

	}

	/** The fields while they come in. */
	private static final class Draft {

		private String name = "";

		private Type type = Type.UNTYPED;

		private boolean acquired;

		void read(String field, JsonValue value) throws MalformedException {
			switch (field) {
				case "Name" -> name = value.string();
				case "Type" -> type = typeOf(value.number());
				case "Acquired" -> acquired = value.truth();
				default -> value.skip();
			}
		}

		private static Type typeOf(long number) {
			if (number == 1) {
				return Type.BACKUP_OR_RESTORE;
			}
			return (number == 2) ? Type.DELETION : Type.UNTYPED;
		}

	}

}
