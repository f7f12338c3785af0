package dev.longhaul.scheduler.night;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

import dev.longhaul.batch.backup.NightEvent;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.scheduler.wiring.NightContext;
import dev.longhaul.scheduler.wiring.NightOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * Runs one night and exits.
 */
@Command(name = "night", description = "Run one night: back up every application, read it back, judge it.",
		mixinStandardHelpOptions = true, sortOptions = false, exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:every application is proven", "1:damage was found", "2:wrong usage or configuration",
				"3:cluster or target could not be reached or refused, or something was not backed up",
				"4:told to stop; the next start goes on from there" })
public final class NightCommand implements Callable<Integer> {

	/** The launcher script sets it if standard error is a terminal; Java cannot ask. */
	private static final String TERMINAL = "longhaul.terminal";

	private final StopSignal stop;

	private final PrintStream out;

	private final PrintStream err;

	@Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration, in YAML.")
	private @Nullable Path config;

	private JobName job = new JobName("nightly");

	private @Nullable Instant scheduledFor;

	@Option(names = "--accept-recreated", paramLabel = "CLAIM",
			description = "Back up the volume of this claim although it is younger than its own backups.")
	private List<String> acceptRecreated = List.of();

	@Option(names = "--output", paramLabel = "FORMAT",
			description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
	private Output output = Output.text;

	/**
	 * @param stop is given when the program is told to stop
	 */
	public NightCommand(StopSignal stop, PrintStream out, PrintStream err) {
		this.stop = stop;
		this.out = out;
		this.err = err;
	}

	/** The forms of the report; the names are what is typed. */
	enum Output {

		text, json

	}

	@Option(names = "--job", paramLabel = "NAME",
			description = "The job; all names in cluster and bucket begin with it (default: nightly).")
	void setJob(String name) {
		try {
			job = new JobName(name);
		}
		catch (IllegalArgumentException ex) {
			throw new TypeConversionException(String.valueOf(ex.getMessage()));
		}
	}

	@Option(names = "--scheduled-for", paramLabel = "INSTANT",
			description = "When the night was due, such as 2026-11-22T02:30:00Z; the same instant is the same night. "
					+ "Default: go on with one that was interrupted, or else begin one now.")
	void setScheduledFor(String instant) {
		try {
			scheduledFor = Instant.parse(instant);
		}
		catch (DateTimeParseException ex) {
			throw new TypeConversionException("'%s' is not an instant such as 2026-11-22T02:30:00Z".formatted(instant));
		}
	}

	@Override
	public Integer call() {
		NightReport report = report();
		try {
			return run(report).exitStatus().code();
		}
		catch (LonghaulException ex) {
			report.failed(ex);
			return ex.code().exitStatus().code();
		}
	}

	private NightResult run(NightReport report) {
		LastWord lastWord = new LastWord(report);
		NightOptions options = new NightOptions(new HashSet<>(acceptRecreated.stream().map(ClaimRef::parse).toList()));
		try (NightContext context = NightContext.open(Objects.requireNonNull(config), options, lastWord, stop)) {
			Path putAside = context.databasePutAside();
			if (putAside != null) {
				report.on(new NightEvent.Warned(
						"the database was damaged and is now '%s'; what was done is found again ".formatted(putAside)
								+ "by its name"));
			}
			NightRun run = new NightRun(context.launcher(), context.catalog(), context.clock(), lastWord);
			NightResult result = run.run(run.choose(job, scheduledFor));
			report.end(result, context.clock().instant());
			return result;
		}
	}

	private NightReport report() {
		if (output == Output.json) {
			return new JsonReport(out);
		}
		LiveLines.Visibility visibility = Boolean.getBoolean(TERMINAL) ? LiveLines.Visibility.DRAWN
				: LiveLines.Visibility.HIDDEN;
		return new TextReport(new LiveLines(out, err, visibility), new Wording(ZoneId.systemDefault()));
	}

}
