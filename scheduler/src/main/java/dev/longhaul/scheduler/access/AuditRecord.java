package dev.longhaul.scheduler.access;

import java.time.Instant;

import dev.longhaul.core.digest.Sha256;

/**
 * An entry in its place in the log.
 *
 * @param sequence counts from 1 without a gap
 * @param previous the hash of the record before; 64 zeros for the first
 * @param hash of everything else in this one
 */
public record AuditRecord(long sequence, Instant happenedAt, AuditEntry entry, String previous, String hash) {

	private static final int CHAIN_NAME = 16;

	private static final String NONE = "0".repeat(64);

	static AuditRecord first(Instant happenedAt, AuditEntry entry) {
		return of(1, happenedAt, entry, NONE);
	}

	AuditRecord next(Instant happenedAt, AuditEntry entry) {
		return of(sequence + 1, happenedAt, entry, hash);
	}

	private static AuditRecord of(long sequence, Instant happenedAt, AuditEntry entry, String previous) {
		return new AuditRecord(sequence, happenedAt, entry, previous, hash(sequence, happenedAt, entry, previous));
	}

	/** Whether it is as it was written, and follows the record with that hash. */
	boolean isSound(String before) {
		return previous.equals(before) && hash.equals(hash(sequence, happenedAt, entry, previous));
	}

	/** Of the first record: what the log is called where there are several. */
	String chain() {
		return hash.substring(0, CHAIN_NAME);
	}

	static String none() {
		return NONE;
	}

	/** None of the texts has a line break in it. */
	private static String hash(long sequence, Instant happenedAt, AuditEntry entry, String previous) {
		return Sha256.of(String.join("\n", String.valueOf(sequence), happenedAt.toString(), entry.caller(),
				entry.scopes(), entry.address(), entry.action(), entry.subject(), entry.outcome().word(),
				entry.detail(), previous));
	}

}
