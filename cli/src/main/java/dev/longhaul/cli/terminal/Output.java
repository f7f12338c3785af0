package dev.longhaul.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;

/**
 * Standard output, always in UTF-8. What cannot be written is a failure, because a report
 * that was lost on the way looks like no damage; only a reader who has seen enough is
 * none.
 */
public final class Output extends OutputStream {

	private final OutputStream out;

	private boolean readerIsGone;

	public Output(OutputStream out) {
		this.out = out;
	}

	/** Prints text as it is and flushes it. */
	public void print(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		write(bytes, 0, bytes.length);
		flush();
	}

	@Override
	public void write(int b) {
		write(new byte[] { (byte) b }, 0, 1);
	}

	/**
	 * @throws RefusedRequest if it cannot be written
	 */
	@Override
	public void write(byte[] bytes, int from, int length) {
		attempt(() -> out.write(bytes, from, length));
	}

	@Override
	public void flush() {
		attempt(out::flush);
	}

	private void attempt(Write write) {
		if (readerIsGone) {
			return;
		}
		try {
			write.run();
		}
		catch (IOException ex) {
			String message = String.valueOf(ex.getMessage());
			readerIsGone = message.toLowerCase(Locale.ROOT).contains("broken pipe");
			if (!readerIsGone) {
				throw refused(message, ex);
			}
		}
	}

	private static RefusedRequest refused(String message, IOException cause) {
		boolean full = message.contains("No space left") || message.contains("File too large");
		return new RefusedRequest(full ? FailureCode.DISK_FULL : FailureCode.OUTPUT_NOT_WRITABLE,
				"standard output cannot be written: " + message, "send it to another place; the report was not shown",
				cause);
	}

	/** Something that may fail to be written. */
	@FunctionalInterface
	private interface Write {

		void run() throws IOException;

	}

}
