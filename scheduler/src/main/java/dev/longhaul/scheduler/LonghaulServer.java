package dev.longhaul.scheduler;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.failure.FailurePrinter;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.stop.GracefulStop;
import dev.longhaul.scheduler.audit.AuditCommand;
import dev.longhaul.scheduler.audit.AuditVerifyCommand;
import dev.longhaul.scheduler.night.NightCommand;
import dev.longhaul.scheduler.notification.NotifyCommand;
import dev.longhaul.scheduler.notification.NotifyTestCommand;
import dev.longhaul.scheduler.serve.ServeCommand;
import dev.longhaul.scheduler.token.TokenCommand;
import dev.longhaul.scheduler.wiring.Server;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * The program {@code longhaul-server}.
 */
@Command(name = "longhaul-server", description = "Backs up and proves Longhorn volumes.",
		mixinStandardHelpOptions = true, subcommands = HelpCommand.class)
public final class LonghaulServer {

	/**
	 * Longer than one bounded call of cluster or bucket. Work that does not stop by then
	 * ends as if it was killed, which it must survive anyway.
	 */
	private static final Duration CLEAN_UP = Duration.ofSeconds(45);

	private LonghaulServer() {
	}

	/**
	 * Runs a command and ends the process with one of the
	 * {@link dev.longhaul.core.failure.ExitStatus} codes.
	 */
	public static void main(String[] args) {
		// The terminal's encoding is not asked: the symbols of the verdict are UTF-8.
		PrintStream out = utf8(FileDescriptor.out);
		PrintStream err = utf8(FileDescriptor.err);
		StopSignal stop = new StopSignal();
		GracefulStop graceful = GracefulStop.listen(CLEAN_UP, stop::stop,
				() -> new FailurePrinter(writer(err), () -> false).print(new Interruption(
						"told to stop; what was under way did not end within %d s".formatted(CLEAN_UP.toSeconds()))));
		int status = run(stop, out, err, args);
		out.flush();
		err.flush();
		graceful.exit(status);
	}

	static int run(StopSignal stop, PrintStream out, PrintStream err, String... args) {
		NightCommand night = new NightCommand(stop, out, err);
		ServeCommand serve = new ServeCommand(stop, out, err);
		NotifyTestCommand notifyTest = new NotifyTestCommand(Server::channels, out, Clock.systemUTC());
		FailurePrinter failures = new FailurePrinter(writer(err),
				() -> night.debug() || serve.debug() || notifyTest.debug());
		return new CommandLine(new LonghaulServer()).addSubcommand(serve)
			.addSubcommand(night)
			.addSubcommand(new TokenCommand(out, err))
			.addSubcommand(new CommandLine(new AuditCommand()).addSubcommand(new AuditVerifyCommand(out)))
			.addSubcommand(new CommandLine(new NotifyCommand()).addSubcommand(notifyTest))
			.setOut(writer(out))
			.setErr(writer(err))
			.setParameterExceptionHandler(new UsageFailures(failures))
			.setExecutionExceptionHandler((failure, command, parsed) -> failures.print(failure))
			.execute(args);
	}

	private static PrintStream utf8(FileDescriptor descriptor) {
		return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
	}

	private static PrintWriter writer(PrintStream stream) {
		return new PrintWriter(stream, true, StandardCharsets.UTF_8);
	}

}
