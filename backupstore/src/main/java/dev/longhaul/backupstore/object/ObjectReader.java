package dev.longhaul.backupstore.object;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.time.Pause;

/**
 * Reads objects to their end. A store retries its calls by itself; a transfer that breaks
 * after the call was answered is seen only by whoever reads, and is begun again here.
 */
public final class ObjectReader {

	private static final int ATTEMPTS = 4;

	private static final Duration FIRST_BACK_OFF = Duration.ofMillis(250);

	private final ObjectStore store;

	private final Pause pause;

	public ObjectReader(ObjectStore store, Pause pause) {
		this.store = store;
		this.pause = pause;
	}

	/**
	 * Takes an object's bytes. May be called again from the start if the transfer breaks,
	 * so whatever it collects it collects anew.
	 *
	 * @param <T> what it makes of them
	 */
	@FunctionalInterface
	public interface Content<T> {

		T read(StoredObject object) throws IOException;

	}

	/**
	 * Reads an object.
	 * @return what the content made of it, or empty if there is no such object
	 * @throws TransientFailure if the transfer keeps breaking
	 */
	public <T> Optional<T> read(String key, Content<T> content) {
		for (int attempt = 1;; attempt++) {
			Optional<StoredObject> opened = store.open(key);
			if (opened.isEmpty()) {
				return Optional.empty();
			}
			try (StoredObject object = opened.get()) {
				return Optional.of(content.read(object));
			}
			catch (IOException ex) {
				if (Thread.currentThread().isInterrupted()) {
					throw new Interruption("interrupted while reading " + key);
				}
				if (attempt == ATTEMPTS) {
					throw broken(key, ex);
				}
			}
			backOff(key, attempt);
		}
	}

	/**
	 * Reads a small object whole.
	 * @param limit in bytes
	 * @return empty if there is no such object
	 * @throws ObjectTooLargeException if it is larger; nothing of it was read then
	 */
	public Optional<byte[]> readFully(String key, long limit) throws ObjectTooLargeException {
		long[] excess = { -1 };
		Optional<byte[]> bytes = read(key, object -> {
			long size = object.info().size();
			excess[0] = (size > limit) ? size : -1;
			return (size > limit) ? new byte[0] : readExactly(object, (int) size);
		});
		if (excess[0] >= 0) {
			throw new ObjectTooLargeException(key, excess[0], limit);
		}
		return bytes;
	}

	private static byte[] readExactly(StoredObject object, int size) throws IOException {
		byte[] bytes = object.content().readNBytes(size);
		if (bytes.length < size) {
			throw new IOException("the transfer ended after %d of %d bytes".formatted(bytes.length, size));
		}
		return bytes;
	}

	private TransientFailure broken(String key, IOException cause) {
		return new TransientFailure(FailureCode.TARGET_UNREACHABLE,
				"%s broke off %d times while sending %s: %s".formatted(store.describe(), ATTEMPTS, key,
						cause.getMessage()),
				"check the connection and run the same command again; nothing is known about this object", cause);
	}

	private void backOff(String key, int attempt) {
		try {
			pause.of(FIRST_BACK_OFF.multipliedBy(1L << (2 * (attempt - 1))));
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "reading " + key);
		}
	}

}
