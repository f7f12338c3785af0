package dev.longhaul.simulator.demo;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code demo}.
 */
@Command(name = "demo", mixinStandardHelpOptions = true, sortOptions = false,
		description = {
				"Show a night, a flipped bit and how it is found, and a lost cluster that comes back, in embedded "
						+ "clusters. Takes about a minute.",
				"",
				"With --output json, standard output is one document, "
						+ "as docs/schema/demo.schema.json describes it; what happens is told on standard error." },
		footerHeading = "%nExamples:%n",
		footer = { "  longhaul demo", "  longhaul demo --output json | jq .applications",
				"  longhaul demo --serve --port 8437", "  longhaul demo --serve --token-file token.txt" })
public final class DemoCommand implements Callable<Integer> {

	@Option(names = "--launcher", required = true, paramLabel = "SCRIPT",
			description = "The script that runs the other programs.")
	private @Nullable Path launcher;

	@Option(names = "--output", paramLabel = "FORMAT", defaultValue = "text",
			description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
	private Form form = Form.text;

	@ArgGroup(exclusive = false)
	private @Nullable ServeOptions serving;

	/** How the outcome is told; the names are what is typed. */
	enum Form {

		text, json

	}

	@Override
	public Integer call() throws IOException {
		boolean json = form == Form.json;
		if (json && serving != null) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "a demo that keeps serving has no outcome to print",
					"leave out --serve, or --output json");
		}
		Programs programs = new Programs(Objects.requireNonNull(launcher).toAbsolutePath(),
				json ? Redirect.DISCARD : Redirect.INHERIT);
		Demo demo = new Demo(json ? System.err : System.out, programs, Clock.systemUTC());
		return ((serving != null) ? demo.serve(serving) : demo.run(json ? System.out : null)).code();
	}

}
