package dev.longhaul.backupstore.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.longhaul.backupstore.object.WholeContent;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * An object's content on its way. Gives up when the server has been waited for too long
 * in all, however little at a time; the time the reader takes does not count.
 */
final class ObjectBody extends InputStream {

	private final ResponseInputStream<?> transfer;

	private final WholeContent content;

	private final String key;

	private final Clock clock;

	private final Duration limit;

	private Duration waited = Duration.ZERO;

	ObjectBody(ResponseInputStream<?> transfer, String key, long size, Clock clock, Duration limit) {
		this.transfer = transfer;
		this.content = new WholeContent(transfer, key, size);
		this.key = key;
		this.clock = clock;
		this.limit = limit;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] buffer, int offset, int length) throws IOException {
		if (waited.compareTo(limit) > 0) {
			transfer.abort();
			throw new IOException("'%s' was given up: its bytes were waited for for more than %d s".formatted(key,
					limit.toSeconds()));
		}
		Instant before = clock.instant();
		try {
			return content.read(buffer, offset, length);
		}
		catch (SdkException ex) {
			throw broken(ex);
		}
		finally {
			waited = waited.plus(Duration.between(before, clock.instant()));
		}
	}

	/**
	 * The SDK looks for interrupts while it reads, and reports them in a way of its own.
	 */
	private IOException broken(SdkException cause) {
		IOException broken = Thread.currentThread().isInterrupted() ? new InterruptedIOException("interrupted")
				: new IOException("the transfer of '" + key + "' broke: " + cause.getMessage());
		broken.initCause(cause);
		return broken;
	}

	/** A transfer that is complete leaves its connection to the next; another is cut. */
	@Override
	public void close() throws IOException {
		if (content.isComplete()) {
			transfer.close();
		}
		else {
			transfer.abort();
		}
	}

}
