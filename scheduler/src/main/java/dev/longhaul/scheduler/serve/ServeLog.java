package dev.longhaul.scheduler.serve;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

import dev.longhaul.core.failure.FailurePrinter;
import dev.longhaul.core.run.RunAtHand;
import dev.longhaul.core.text.Printable;
import dev.longhaul.scheduler.log.LogFormat;
import dev.longhaul.scheduler.log.LogLine;
import dev.longhaul.scheduler.run.RunLine.Level;
import dev.longhaul.scheduler.run.RunningRun;

/**
 * The lines of a server's log, each with its time and with the run it belongs to. Every
 * text may come from a repository or a cluster that others write to.
 */
final class ServeLog {

	private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

	private static final String LOGGER = "longhaul";

	private static final String FAILURE = "longhaul: ";

	private static final String HINT = "hint: ";

	private final PrintStream out;

	private final PrintStream err;

	private final BooleanSupplier debug;

	private final Clock clock;

	private final ZoneId zone;

	private final LogFormat format;

	private final BiConsumer<Level, String> also;

	/**
	 * @param debug whether failures come with their stack traces
	 */
	ServeLog(PrintStream out, PrintStream err, BooleanSupplier debug, Clock clock, ZoneId zone, LogFormat format) {
		this(out, err, debug, clock, zone, format, (level, line) -> {
		});
	}

	private ServeLog(PrintStream out, PrintStream err, BooleanSupplier debug, Clock clock, ZoneId zone,
			LogFormat format, BiConsumer<Level, String> also) {
		this.out = out;
		this.err = err;
		this.debug = debug;
		this.clock = clock;
		this.zone = zone;
		this.format = format;
		this.also = also;
	}

	/** The same log, whose lines are in the run's log, too. */
	ServeLog alsoTo(RunningRun run) {
		return new ServeLog(out, err, debug, clock, zone, format, run::say);
	}

	ZoneId zone() {
		return zone;
	}

	void say(String line) {
		pass(Level.INFO, line);
	}

	void warn(String text) {
		also.accept(Level.WARNING, text);
		write(err, Level.WARNING, (format == LogFormat.TEXT) ? "warning: " + text : text, Map.of());
	}

	/** As every program of ours does, with code and hint. */
	void fail(Throwable failure) {
		StringWriter printed = new StringWriter();
		new FailurePrinter(new PrintWriter(printed), debug).print(failure);
		List<String> lines = printed.toString().lines().toList();
		if (format == LogFormat.TEXT) {
			lines.forEach(line -> print(err, text(line)));
			return;
		}
		Map<String, String> details = new LinkedHashMap<>();
		details.put("hint", lines.get(1).substring(HINT.length()));
		if (lines.size() > 2) {
			details.put("error", String.join("\n", lines.subList(2, lines.size())));
		}
		write(err, Level.ERROR, lines.get(0).substring(FAILURE.length()), details);
	}

	/** A line that people read as it is. */
	void pass(Level level, String line) {
		also.accept(level, line);
		write((level == Level.INFO) ? out : err, level, line, Map.of());
	}

	private void write(PrintStream stream, Level level, String text, Map<String, String> details) {
		if (format == LogFormat.JSON) {
			print(stream, new LogLine(clock.instant(), (level == Level.WARNING) ? "WARN" : level.name(), LOGGER,
					RunAtHand.here().orElse(null), text, details)
				.json());
			return;
		}
		text.lines().forEach(line -> print(stream, text(line)));
	}

	private String text(String line) {
		String run = RunAtHand.here().map(here -> "[" + here.id() + "]  ").orElse("");
		return STAMP.format(clock.instant().atZone(zone)) + "  " + run + Printable.of(line.replace("\t", "    "));
	}

	private static void print(PrintStream stream, String line) {
		synchronized (stream) {
			stream.println(line);
			stream.flush();
		}
	}

}
