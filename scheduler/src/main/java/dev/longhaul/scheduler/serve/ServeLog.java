package dev.longhaul.scheduler.serve;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

import dev.longhaul.core.failure.FailurePrinter;
import dev.longhaul.core.text.Printable;
import dev.longhaul.scheduler.run.RunLine.Level;
import dev.longhaul.scheduler.run.RunningRun;

/**
 * The lines of a server's log, with the time before them. Every text may come from a
 * repository or a cluster that others write to.
 */
final class ServeLog {

	private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

	private final PrintStream out;

	private final PrintStream err;

	private final FailurePrinter failures;

	private final Clock clock;

	private final ZoneId zone;

	private final BiConsumer<Level, String> also;

	ServeLog(PrintStream out, PrintStream err, BooleanSupplier debug, Clock clock, ZoneId zone) {
		this(out, err, new FailurePrinter(new PrintWriter(err, true, StandardCharsets.UTF_8), debug), clock, zone,
				(level, line) -> {
				});
	}

	private ServeLog(PrintStream out, PrintStream err, FailurePrinter failures, Clock clock, ZoneId zone,
			BiConsumer<Level, String> also) {
		this.out = out;
		this.err = err;
		this.failures = failures;
		this.clock = clock;
		this.zone = zone;
		this.also = also;
	}

	/** The same log, whose lines are in the run's log, too. */
	ServeLog alsoTo(RunningRun run) {
		return new ServeLog(out, err, failures, clock, zone, run::say);
	}

	ZoneId zone() {
		return zone;
	}

	void say(String line) {
		also.accept(Level.INFO, line);
		write(out, line);
	}

	void warn(String text) {
		also.accept(Level.WARNING, text);
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

	/** A line that is fit to be read as it is. */
	void pass(Level level, String line) {
		also.accept(level, line);
		(level == Level.INFO ? out : err).println(line);
	}

}
