package dev.longhaul.backupstore.verify;

import java.util.Locale;

/**
 * What can be wrong with a backup, or lie around beside it. The words are the same on the
 * terminal, in documents for machines and in metrics.
 */
public enum ProblemKind {

	MISSING_BLOCK(Severity.DAMAGE),

	TRUNCATED_BLOCK(Severity.DAMAGE),

	CHECKSUM_MISMATCH(Severity.DAMAGE),

	UNDECODABLE_BLOCK(Severity.DAMAGE),

	UNREADABLE_MANIFEST(Severity.DAMAGE),

	/** The manifest contradicts itself or the size of its volume. */
	SIZE_MISMATCH(Severity.DAMAGE),

	/** Begun, never finished, and nobody works on it any more. */
	ABANDONED_BACKUP(Severity.LEFTOVER),

	/** A lock that its owner left behind; it counts for nothing. */
	STALE_LOCK(Severity.LEFTOVER);

	private final Severity severity;

	ProblemKind(Severity severity) {
		this.severity = severity;
	}

	public Severity severity() {
		return severity;
	}

	/** {@code missing-block}. */
	public String word() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** What a problem means for the data. */
	public enum Severity {

		/** A backup cannot be restored as it was. */
		DAMAGE,

		/** Nothing that counted is lost; something could be tidied up. */
		LEFTOVER

	}

}
