package dev.longhaul.backupstore.object;

/**
 * What a call costs, in the classes of Backblaze B2's price list; S3's own differ.
 *
 * @see <a href="https://www.backblaze.com/cloud-storage/transaction-pricing">its
 * prices</a>
 */
public enum CallClass {

	/** Free: what writes and deletes. */
	A,

	/** What reads an object or its properties: the first 2,500 a day are free. */
	B,

	/** What lists and copies, and everything about buckets: ten times the price of B. */
	C

}
