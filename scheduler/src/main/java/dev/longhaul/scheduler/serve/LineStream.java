package dev.longhaul.scheduler.serve;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Hands over whole lines, so that those of several runs do not mix within one.
 */
final class LineStream extends OutputStream {

	private final ByteArrayOutputStream line = new ByteArrayOutputStream();

	private final Consumer<String> lines;

	private LineStream(Consumer<String> lines) {
		this.lines = lines;
	}

	static PrintStream to(Consumer<String> lines) {
		return new PrintStream(new LineStream(lines), true, StandardCharsets.UTF_8);
	}

	@Override
	public synchronized void write(int value) {
		if (value == '\n') {
			lines.accept(line.toString(StandardCharsets.UTF_8));
			line.reset();
		}
		else {
			line.write(value);
		}
	}

}
