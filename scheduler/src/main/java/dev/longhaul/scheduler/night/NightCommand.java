package dev.longhaul.scheduler.night;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

import dev.longhaul.batch.backup.NightEvent;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.failure.FailurePrinter;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.guard.Accepted;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunAtHand;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.gitops.repository.DefinitionRepository;
import dev.longhaul.gitops.repository.InForce;
import dev.longhaul.scheduler.definition.DeclaredNights;
import dev.longhaul.scheduler.wiring.NightPlan;
import dev.longhaul.scheduler.wiring.Server;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
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

	/** The width of that terminal, as far as the script could find it out. */
	private static final String COLUMNS = "longhaul.columns";

	private static final int USUAL_COLUMNS = 80;

	private final StopSignal stop;

	private final PrintStream out;

	private final PrintStream err;

	@Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration, in YAML.")
	private @Nullable Path config;

	@Option(names = "--job", paramLabel = "NAME", converter = JobConverter.class,
			description = "The job; all names in cluster and bucket begin with it (default: nightly).")
	private JobName job = new JobName("nightly");

	@Option(names = "--scheduled-for", paramLabel = "INSTANT", converter = InstantConverter.class,
			description = "When the night was due, such as 2026-11-22T02:30:00Z; the same instant is the same night. "
					+ "Default: go on with one that was interrupted, or else begin one now.")
	private @Nullable Instant scheduledFor;

	@Option(names = "--accept-recreated", paramLabel = "CLAIM", converter = ClaimConverter.class,
			description = "Back up the volume of this claim although it is another one than that of its restore points: "
					+ "younger, smaller, or with another file system.")
	private List<ClaimRef> acceptRecreated = List.of();

	@Option(names = "--accept-shrunk", paramLabel = "CLAIM", converter = ClaimConverter.class,
			description = "Back up the volume of this claim although it holds much less than before.")
	private List<ClaimRef> acceptShrunk = List.of();

	@Option(names = "--output", paramLabel = "FORMAT",
			description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
	private Output output = Output.text;

	@Option(names = "--debug", description = "Add the stack trace to a failure.")
	private boolean debug;

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

	/** Whether stack traces are asked for. */
	public boolean debug() {
		return debug;
	}

	@Override
	public Integer call() {
		NightReport report = report();
		try (Server server = Server.open(Objects.requireNonNull(config), stop)) {
			return run(server, report).exitStatus().code();
		}
		catch (LonghaulException ex) {
			report.failed(ex);
			return new FailurePrinter(new PrintWriter(err, true, StandardCharsets.UTF_8), this::debug).print(ex);
		}
	}

	private NightResult run(Server server, NightReport report) {
		Path putAside = server.databasePutAside();
		if (putAside != null) {
			report.on(new NightEvent.Warned(
					"the database was damaged and is now '%s'; what was done is found again by its name"
						.formatted(putAside)));
		}
		server.quietWindows().releaseLeftovers(warning -> report.on(new NightEvent.Warned(warning)));
		server.history().recover();
		NightPlan plan = plan(server, report);
		NightRun run = new NightRun(server, stop);
		Night night = run.choose(job, scheduledFor);
		run.leftUnfinished(night).ifPresent(left -> report.on(new NightEvent.Warned(unfinished(left))));
		return new RunAtHand("%s-%s".formatted(night.job(), night.stamp()), night.job())
			.during(() -> run.run(night, plan, report));
	}

	private NightPlan plan(Server server, NightReport report) {
		Accepted accepted = new Accepted(new HashSet<>(acceptRecreated), new HashSet<>(acceptShrunk));
		Optional<DefinitionRepository> repository = server.repository();
		if (repository.isEmpty()) {
			return new NightPlan(server.applications(), null, accepted);
		}
		try (DefinitionRepository definitions = repository.get()) {
			InForce inForce = definitions.refresh();
			DeclaredNights.warnings(inForce).forEach(warning -> report.on(new NightEvent.Warned(warning)));
			return DeclaredNights.plan(inForce, job, accepted, () -> inForceNow(server));
		}
	}

	/** The night has taken hours. */
	private static InForce inForceNow(Server server) {
		try (DefinitionRepository definitions = server.repository().orElseThrow()) {
			return definitions.refresh();
		}
	}

	private static String unfinished(Night left) {
		return "%s was interrupted; --scheduled-for %s finishes it".formatted(left, left.scheduledFor());
	}

	private NightReport report() {
		if (output == Output.json) {
			return new JsonReport(out);
		}
		return NightReport.text(out, err, columns(), Clock.systemUTC(), ZoneId.systemDefault());
	}

	/** Of the terminal that standard error is; 0 if it is none. */
	private static int columns() {
		if (!Boolean.getBoolean(TERMINAL)) {
			return 0;
		}
		int columns = Integer.getInteger(COLUMNS, USUAL_COLUMNS);
		return (columns > 0) ? columns : USUAL_COLUMNS;
	}

	/** A value that is not accepted is a mistake of usage. */
	private static <T> T convert(Function<String, T> parser, String value) {
		try {
			return parser.apply(value);
		}
		catch (IllegalArgumentException ex) {
			throw new TypeConversionException(String.valueOf(ex.getMessage()));
		}
	}

	private static final class JobConverter implements ITypeConverter<JobName> {

		@Override
		public JobName convert(String value) {
			return NightCommand.convert(JobName::new, value);
		}

	}

	private static final class ClaimConverter implements ITypeConverter<ClaimRef> {

		@Override
		public ClaimRef convert(String value) {
			return NightCommand.convert(ClaimRef::parse, value);
		}

	}

	private static final class InstantConverter implements ITypeConverter<Instant> {

		@Override
		public Instant convert(String value) {
			try {
				return Instant.parse(value);
			}
			catch (DateTimeParseException ex) {
				throw new TypeConversionException(
						"'%s' is not an instant such as 2026-11-22T02:30:00Z".formatted(value));
			}
		}

	}

}
