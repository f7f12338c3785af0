package dev.longhaul.simulator.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code demo}.
 */
@Command(name = "demo", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Show a night, a flipped bit and how it is found, in an embedded cluster. Takes about a minute.")
public final class DemoCommand implements Callable<Integer> {

	@Option(names = "--launcher", required = true, paramLabel = "SCRIPT",
			description = "The script that runs the other programs.")
	private @Nullable Path launcher;

	@Override
	public Integer call() throws IOException {
		Programs programs = new Programs(Objects.requireNonNull(launcher).toAbsolutePath());
		return new Demo(System.out, programs, Clock.systemUTC()).run().code();
	}

}
