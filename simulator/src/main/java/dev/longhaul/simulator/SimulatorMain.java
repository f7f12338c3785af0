package dev.longhaul.simulator;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.FailurePrinter;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.stop.GracefulStop;
import dev.longhaul.simulator.demo.DemoCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine;

/**
 * The simulator as a program.
 * <p>
 * picocli, because it reads arguments and writes help as the other programs do.
 */
@Command(name = "longhaul-simulator", description = "An embedded cluster to see Longhaul work in.",
		mixinStandardHelpOptions = true, subcommands = DemoCommand.class)
public final class SimulatorMain {

	private static final Logger EVERYTHING = Logger.getLogger("");

	/** To stop the demo's server and its cluster, and remove what they wrote. */
	private static final Duration CLEAN_UP = Duration.ofSeconds(60);

	private SimulatorMain() {
	}

	public static void main(String[] arguments) {
		// The mock server tells of every request.
		EVERYTHING.setLevel(Level.WARNING);
		FailurePrinter failures = new FailurePrinter(new PrintWriter(System.err, true, StandardCharsets.UTF_8),
				() -> false);
		Thread work = Thread.currentThread();
		AtomicBoolean toldToStop = new AtomicBoolean();
		GracefulStop stop = GracefulStop.listen(CLEAN_UP, () -> {
			toldToStop.set(true);
			work.interrupt();
		}, () -> failures.print(new Interruption("interrupted")));
		stop.exit(new CommandLine(new SimulatorMain())
			.setParameterExceptionHandler((failure, parsed) -> failures.print(FailureCode.INVALID_USAGE,
					String.valueOf(failure.getMessage()), "longhaul demo --help shows how it is used", failure))
			// Whatever an interrupt makes of a cluster that is just starting, it is no
			// failure.
			.setExecutionExceptionHandler((failure, command, parsed) -> failures
				.print(toldToStop.get() ? new Interruption("interrupted") : failure))
			.execute(arguments));
	}

}
