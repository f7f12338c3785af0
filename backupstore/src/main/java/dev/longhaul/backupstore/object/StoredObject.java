package dev.longhaul.backupstore.object;

import java.io.IOException;
import java.io.InputStream;

/**
 * An object being read. Whoever opened it closes it; closing early gives up the rest of
 * the transfer instead of reading it.
 *
 * @param info what the store said about it when it was opened
 * @param content its bytes; reading fails with an {@link IOException} when the connection
 * breaks or the bytes end before {@link ObjectInfo#size()}
 */
public record StoredObject(ObjectInfo info, InputStream content) implements AutoCloseable {

	@Override
	public void close() throws IOException {
		content.close();
	}

}
