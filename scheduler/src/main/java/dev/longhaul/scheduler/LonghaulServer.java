package dev.longhaul.scheduler;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.scheduler.night.NightCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * The program {@code longhaul-server}.
 */
@Command(name = "longhaul-server", description = "Backs up and proves Longhorn volumes.",
		mixinStandardHelpOptions = true, subcommands = HelpCommand.class)
public final class LonghaulServer {

	private LonghaulServer() {
	}

	/** Runs a command and ends the process with one of the {@link ExitStatus} codes. */
	public static void main(String[] args) {
		// The terminal's encoding is not asked: the symbols of the verdict are UTF-8.
		PrintStream out = utf8(FileDescriptor.out);
		PrintStream err = utf8(FileDescriptor.err);
		StopSignal stop = new StopSignal();
		Shutdown shutdown = Shutdown.install(stop);
		int code = run(stop, out, err, args);
		out.flush();
		err.flush();
		shutdown.exit(code);
	}

	static int run(StopSignal stop, PrintStream out, PrintStream err, String... args) {
		CommandLine commandLine = new CommandLine(new LonghaulServer()).addSubcommand(new NightCommand(stop, out, err))
			.setOut(new java.io.PrintWriter(out, true, StandardCharsets.UTF_8))
			.setErr(new java.io.PrintWriter(err, true, StandardCharsets.UTF_8));
		commandLine.setExecutionExceptionHandler((ex, command, parsed) -> {
			System.getLogger(LonghaulServer.class.getName()).log(System.Logger.Level.ERROR, "unforeseen", ex);
			err.println("longhaul-server: %s   [INTERNAL_ERROR]".formatted(ex));
			err.println("hint: this is a defect of Longhaul; please report it with the log above");
			return ExitStatus.UNAVAILABLE.code();
		});
		return commandLine.execute(args);
	}

	private static PrintStream utf8(FileDescriptor descriptor) {
		return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
	}

}
