package dev.longhaul.backupstore.object;

/**
 * Is told of every call that a store has answered: object stores bill calls and bytes.
 * Called on the thread of the call, and by many at once; returns at once and does not
 * throw.
 */
@FunctionalInterface
public interface CallListener {

	/**
	 * An attempt that the store has answered. One that was repeated is told of each time,
	 * as it is billed.
	 * @param sent bytes of the content of the request
	 * @param received bytes of the content of the answer, as it announces them
	 */
	void answered(CallClass callClass, long sent, long received);

}
