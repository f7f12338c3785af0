package dev.longhaul.simulator;

import java.util.logging.Level;
import java.util.logging.Logger;

import dev.longhaul.simulator.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The simulator as a program.
 * <p>
 * picocli, because it reads arguments and writes help as the other programs do.
 */
@Command(name = "longhaul-simulator", description = "An embedded cluster to see Longhaul work in.",
		mixinStandardHelpOptions = true, subcommands = DemoCommand.class)
public final class SimulatorMain {

	private static final Logger EVERYTHING = Logger.getLogger("");

	private SimulatorMain() {
	}

	public static void main(String[] arguments) {
		// The mock server tells of every request.
		EVERYTHING.setLevel(Level.WARNING);
		System.exit(new CommandLine(new SimulatorMain()).execute(arguments));
	}

}
