package dev.longhaul.cli.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.cli.server.Call;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.JobName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code longhaul remote jobs put}.
 */
@Command(name = "put", header = "Declare a job as a file has it, by a commit.", footerHeading = "%nExamples:%n",
		footer = "  longhaul remote jobs put nightly nightly.yaml --reason 'an hour earlier'")
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without it
final class PutJobCommand implements Callable<Integer> {

	/** The server takes no longer one. */
	private static final int LONGEST = 1024 * 1024;

	private final Remote remote;

	@Parameters(index = "0", paramLabel = "NAME", description = "The job.")
	private JobName job;

	@Parameters(index = "1", paramLabel = "FILE", description = "Its definition, in YAML.")
	private Path file;

	@Mixin
	private final CommitOption commit = new CommitOption();

	PutJobCommand(Remote remote) {
		this.remote = remote;
	}

	@Override
	public Integer call() {
		String definition = read();
		return commit.send(remote, fields -> Call.put(ApiPath.of("jobs", job.value()), fields),
				Map.of("definition", definition));
	}

	private String read() {
		try (InputStream in = Files.newInputStream(file)) {
			return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "the definition '%s' cannot be read".formatted(file),
					"name a file that is there, and yours to read", ex);
		}
	}

}
