package dev.longhaul.simulator.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code demo}.
 */
@Command(name = "demo", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Show a night, a flipped bit and how it is found, in an embedded cluster. Takes about a minute.",
		footerHeading = "%nExamples:%n", footer = { "  longhaul demo", "  longhaul demo --serve --port 8437",
				"  longhaul demo --serve --token-file token.txt" })
public final class DemoCommand implements Callable<Integer> {

	@Option(names = "--launcher", required = true, paramLabel = "SCRIPT",
			description = "The script that runs the other programs.")
	private @Nullable Path launcher;

	@ArgGroup(exclusive = false)
	private @Nullable ServeOptions serving;

	@Override
	public Integer call() throws IOException {
		Programs programs = new Programs(Objects.requireNonNull(launcher).toAbsolutePath());
		Demo demo = new Demo(System.out, programs, Clock.systemUTC());
		return ((serving != null) ? demo.serve(serving) : demo.run()).code();
	}

}
