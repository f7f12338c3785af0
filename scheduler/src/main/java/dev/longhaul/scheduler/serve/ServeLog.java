package dev.longhaul.scheduler.serve;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.BooleanSupplier;

import dev.longhaul.core.failure.FailurePrinter;
import dev.longhaul.core.text.Printable;

/**
 * The lines of a server's log, with the time before them. Every text may come from a
 * repository or a cluster that others write to.
 */
final class ServeLog {

	private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

	private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

	private final PrintStream out;

	private final PrintStream err;

	private final FailurePrinter failures;

	private final Clock clock;

	private final ZoneId zone;

	ServeLog(PrintStream out, PrintStream err, BooleanSupplier debug, Clock clock, ZoneId zone) {
		this.out = out;
		this.err = err;
		this.failures = new FailurePrinter(new PrintWriter(err, true, StandardCharsets.UTF_8), debug);
		this.clock = clock;
		this.zone = zone;
	}

	void say(String line) {
		write(out, line);
	}

	void warn(String text) {
		write(err, "warning: " + text);
	}

	/** As every program of ours does, with code and hint. */
	void fail(Throwable failure) {
		failures.print(failure);
	}

	private void write(PrintStream stream, String text) {
		String stamp = STAMP.format(clock.instant().atZone(zone));
		synchronized (stream) {
			text.lines().forEach(line -> stream.println(stamp + "  " + Printable.of(line)));
			stream.flush();
		}
	}

	/** {@code 2026-11-23 02:30}. */
	String moment(Instant instant) {
		return MOMENT.format(instant.atZone(zone));
	}

}
