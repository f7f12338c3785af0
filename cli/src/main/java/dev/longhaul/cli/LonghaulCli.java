package dev.longhaul.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.cli.failure.UsageFailures;
import dev.longhaul.cli.option.OutputFormat;
import dev.longhaul.cli.remote.RemoteCommands;
import dev.longhaul.cli.terminal.Prompt;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.extra.SafetyPeriod;
import dev.longhaul.core.failure.FailurePrinter;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.kit.ClusterName;
import dev.longhaul.core.retention.RetentionPolicy;
import dev.longhaul.core.retention.Span;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.stop.GracefulStop;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine;

import static dev.longhaul.cli.option.HelpOption.helpful;

/**
 * The command line of Longhaul.
 */
public final class LonghaulCli {

	private static final int HELP_WIDTH = 100;

	/**
	 * To put things in order. What lasts longer waits for a bucket that has gone silent,
	 * and holds nothing that would be lost.
	 */
	private static final Duration CLEAN_UP = Duration.ofSeconds(5);

	private final Surroundings surroundings;

	private final TargetOpener targets;

	LonghaulCli(Surroundings surroundings, TargetOpener targets) {
		this.surroundings = surroundings;
		this.targets = targets;
	}

	public static void main(String[] arguments) {
		Surroundings surroundings = Surroundings.ofProcess();
		FailurePrinter failures = new FailurePrinter(surroundings.errors(), () -> false);
		GracefulStop stop = GracefulStop.listen(CLEAN_UP, Thread.currentThread()::interrupt,
				() -> failures.print(new Interruption("interrupted while waiting for the backup target")));
		TargetOpener targets = (url, variables) -> Targets.open(url, variables, surroundings.clock());
		int status = new LonghaulCli(surroundings, targets).run(arguments);
		stop.exit(status);
	}

	/**
	 * @return the exit status
	 */
	int run(String... arguments) {
		Longhaul root = new Longhaul();
		FailurePrinter failures = new FailurePrinter(surroundings.errors(), root::debug);
		try {
			return commandLine(root, failures).execute(arguments);
		}
		catch (RuntimeException | Error ex) {
			// The last edge: whatever ends the program is said in a sentence.
			return failures.print(ex);
		}
	}

	private CommandLine commandLine(Longhaul root, FailurePrinter failures) {
		PrintWriter out = new PrintWriter(new OutputStreamWriter(surroundings.output(), StandardCharsets.UTF_8), true);
		return helpful(root).addSubcommand(helpful(new ListCommand(surroundings, targets)))
			.addSubcommand(helpful(new VerifyCommand(surroundings, targets)))
			.addSubcommand(helpful(new ExportCommand(surroundings, targets)))
			.addSubcommand(helpful(new MirrorCommand(surroundings, targets)))
			.addSubcommand(extra())
			.addSubcommand(helpful(new VerdictCommand(surroundings, targets)))
			.addSubcommand(catalog())
			.addSubcommand(restore())
			.addSubcommand(retention())
			.addSubcommand(exports())
			.addSubcommand(kit())
			.addSubcommand(jobs())
			.addSubcommand(helpful(new GitopsCommand()).addSubcommand(helpful(new InitGitopsCommand(surroundings))))
			.addSubcommand(RemoteCommands.of(surroundings))
			.addSubcommand(helpful(new CompletionCommand(surroundings.output())))
			.addSubcommand(new HelpCommand())
			.registerConverter(TargetUrl.class, TargetUrl::parse)
			.registerConverter(VolumeName.class, converter(VolumeName::new))
			.registerConverter(BackupName.class, converter(BackupName::new))
			.registerConverter(ApplicationName.class, converter(ApplicationName::new))
			.registerConverter(RetentionPolicy.class, converter(RetentionPolicy::parse))
			.registerConverter(Span.class, converter(Span::parse))
			.registerConverter(SafetyPeriod.class, converter(SafetyPeriod::parse))
			.registerConverter(JobName.class, converter(JobName::new))
			.registerConverter(Night.class, converter(Night::parse))
			.registerConverter(ClaimRef.class, converter(ClaimRef::parse))
			.registerConverter(Instant.class, converter(LonghaulCli::instant))
			.registerConverter(ExportName.class, converter(ExportName::new))
			.registerConverter(Recipient.class, converter(Recipient::new))
			.registerConverter(ClusterName.class, converter(ClusterName::new))
			.registerConverter(SecretOption.class, converter(SecretOption::parse))
			.registerConverter(OutputFormat.class, converter(OutputFormat::parse))
			.registerConverter(Concurrency.class, converter(text -> new Concurrency(Integer.parseInt(text))))
			.setOut(out)
			.setErr(surroundings.errors())
			.setColorScheme(CommandLine.Help.defaultColorScheme(surroundings.style().coloured() ? Ansi.ON : Ansi.OFF))
			.setUsageHelpWidth(helpWidth())
			.setParameterExceptionHandler(new UsageFailures(failures))
			.setExecutionExceptionHandler((failure, command, parsed) -> failures.print(failure));
	}

	private CommandLine extra() {
		return helpful(new ExtraCommand()).addSubcommand(helpful(new PlanExtraCommand(surroundings, targets)))
			.addSubcommand(helpful(new ApplyExtraCommand(surroundings, targets)));
	}

	private CommandLine catalog() {
		return helpful(new CatalogCommand()).addSubcommand(helpful(new RebuildCatalogCommand(surroundings, targets)));
	}

	private CommandLine restore() {
		Prompt prompt = Prompt.ofConsole();
		return helpful(new RestoreCommand())
			.addSubcommand(helpful(new PlanRestoreCommand(surroundings, targets, prompt)))
			.addSubcommand(helpful(new RunRestoreCommand(surroundings, targets, prompt)))
			.addSubcommand(helpful(new StandbyCommand())
				.addSubcommand(helpful(new MakeStandbyCommand(surroundings, targets, prompt)))
				.addSubcommand(helpful(new ListStandbyCommand(surroundings)))
				.addSubcommand(helpful(new ActivateStandbyCommand(surroundings, targets, prompt))))
			.addSubcommand(helpful(new DrillCommand())
				.addSubcommand(helpful(new RunDrillCommand(surroundings, targets, prompt)))
				.addSubcommand(helpful(new SweepDrillsCommand(surroundings))))
			.addSubcommand(helpful(new RestoreFilesCommand(surroundings, targets)));
	}

	private CommandLine retention() {
		return helpful(new RetentionCommand()).addSubcommand(helpful(new PlanRetentionCommand(surroundings, targets)))
			.addSubcommand(helpful(new ApplyRetentionCommand(surroundings, targets)))
			.addSubcommand(
					helpful(new HiddenCommand()).addSubcommand(helpful(new PlanHiddenCommand(surroundings, targets)))
						.addSubcommand(helpful(new ApplyHiddenCommand(surroundings, targets))));
	}

	private CommandLine exports() {
		return helpful(new ExportsCommand()).addSubcommand(helpful(new ListExportsCommand(surroundings, targets)))
			.addSubcommand(helpful(new FetchExportCommand(surroundings, targets)));
	}

	private CommandLine kit() {
		Prompt prompt = Prompt.ofConsole();
		return helpful(new KitCommand()).addSubcommand(helpful(new CreateKitCommand(surroundings, targets, prompt)))
			.addSubcommand(helpful(new ShowKitCommand(surroundings, prompt)))
			.addSubcommand(helpful(new CheckKitCommand(surroundings, targets, prompt)))
			.addSubcommand(helpful(new PageKitCommand(surroundings, prompt)));
	}

	private CommandLine jobs() {
		return helpful(new JobsCommand()).addSubcommand(helpful(new ValidateJobsCommand(surroundings)))
			.addSubcommand(helpful(new DiffJobsCommand(surroundings, targets)))
			.addSubcommand(helpful(new ImportJobsCommand(surroundings)))
			.addSubcommand(helpful(new PutJobsCommand(surroundings)))
			.addSubcommand(helpful(new PauseJobCommand(surroundings)))
			.addSubcommand(helpful(new ResumeJobCommand(surroundings)))
			.addSubcommand(helpful(new JobSchemaCommand(surroundings.output())));
	}

	private int helpWidth() {
		int width = surroundings.terminal().width();
		return (width > 0) ? Math.max(60, Math.min(width, HELP_WIDTH)) : HELP_WIDTH;
	}

	private static Instant instant(String text) {
		try {
			return Instant.parse(text);
		}
		catch (DateTimeParseException ex) {
			throw new IllegalArgumentException("'%s' is not an instant such as 2026-11-22T02:30:00Z".formatted(text),
					ex);
		}
	}

	private static <T> ITypeConverter<T> converter(ITypeConverter<T> strict) {
		return text -> {
			try {
				return strict.convert(text);
			}
			catch (NumberFormatException ex) {
				throw new TypeConversionException("'" + text + "' is not a number");
			}
			catch (IllegalArgumentException ex) {
				throw new TypeConversionException(ex.getMessage());
			}
		};
	}

}
