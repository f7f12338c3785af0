package dev.longhaul.backupstore.object;

/**
 * An object on its way into a store, of a size nobody knows yet. It is there once
 * {@link #complete} has returned; closed without that, it leaves nothing behind, and an
 * object of the same key stays as it was.
 * <p>
 * Holds at most one part of it in memory, 16 MiB, however large it becomes. For one
 * thread.
 */
public interface ObjectUpload extends AutoCloseable {

	/**
	 * Takes more of the content.
	 * @throws dev.longhaul.core.failure.RefusedRequest if the object becomes larger than
	 * the store takes
	 */
	void write(byte[] bytes, int offset, int length);

	/**
	 * Makes the object of all that was written.
	 * @throws dev.longhaul.core.failure.OutcomeUnknown if it may be there or not
	 */
	void complete();

	/**
	 * Gives up what was not completed.
	 * @throws dev.longhaul.core.failure.LonghaulException if the store could not be told:
	 * it goes on keeping the parts until {@link StreamingStore#giveUpUploads} finds them
	 */
	@Override
	void close();

}
