package dev.longhaul.scheduler.ledger;

/**
 * What a refresh of the ledger has done.
 *
 * @param read documents that were new or had changed
 * @param removed documents that are not in the bucket any more
 * @param judged applications
 */
public record Refreshed(int read, int removed, int judged) {

	/** Whether the ledger was as the bucket already. */
	public boolean isNothing() {
		return read == 0 && removed == 0 && judged == 0;
	}

}
