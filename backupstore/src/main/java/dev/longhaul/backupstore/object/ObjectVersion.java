package dev.longhaul.backupstore.object;

import java.time.Instant;

/**
 * One of the versions that a bucket keeps under a key: content, or the mark of a
 * deletion.
 *
 * @param current whether it is the newest under its key; if it is a mark, the key is
 * absent
 * @param size stored bytes; 0 for a mark
 * @param lastModified when it came, by the clock of the store
 * @param eTag equal for equal bytes; empty for a mark
 */
public record ObjectVersion(Id id, Kind kind, boolean current, long size, Instant lastModified, String eTag) {

	public String key() {
		return id.key();
	}

	public boolean isMark() {
		return kind == Kind.MARK;
	}

	/** What a version is. */
	public enum Kind {

		CONTENT, MARK

	}

	/** By which a version, and no other, is deleted. */
	public record Id(String key, String version) {

		/** S3's name for what came while the bucket kept no versions. */
		private static final String NONE = "null";

		public Id {
			if (key.isEmpty() || version.isEmpty()) {
				throw new IllegalArgumentException("a version has a key and an id: '%s', '%s'".formatted(key, version));
			}
		}

		/**
		 * Whether it means this version for ever. What has no id of its own shares it
		 * with whatever is put while the bucket keeps no versions.
		 */
		public boolean isLasting() {
			return !version.equals(NONE);
		}

	}

}
