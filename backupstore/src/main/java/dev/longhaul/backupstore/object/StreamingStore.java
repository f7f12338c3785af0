package dev.longhaul.backupstore.object;

import java.time.Instant;

/**
 * A store that also takes objects of a size nobody knows beforehand.
 */
public interface StreamingStore extends ObjectStore {

	/**
	 * Begins an object. Nothing need be sent before there is a whole part of it.
	 */
	ObjectUpload upload(String key);

	/**
	 * Gives up the uploads that processes which are no more left unfinished: a store
	 * keeps their parts, bills them, and lists them as no object.
	 * @param folder whose uploads; ends with a slash
	 * @param begunBefore by the clock of the store; younger ones may be under way
	 * @return how many there were
	 */
	int giveUpUploads(String folder, Instant begunBefore);

}
