package dev.longhaul.cli.remote;

import java.util.Map;
import java.util.concurrent.Callable;

import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.cli.server.Call;
import dev.longhaul.core.run.JobName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code longhaul remote jobs pause}.
 */
@Command(name = "pause", header = "Keep a job from starting by itself, by a commit.", footerHeading = "%nExamples:%n",
		footer = "  longhaul remote jobs pause nightly --reason 'the bucket moves house'")
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without it
final class PauseCommand implements Callable<Integer> {

	private final Remote remote;

	@Parameters(paramLabel = "NAME", description = "The job.")
	private JobName job;

	@Mixin
	private final CommitOption commit = new CommitOption();

	PauseCommand(Remote remote) {
		this.remote = remote;
	}

	@Override
	public Integer call() {
		ApiPath path = ApiPath.of("jobs", job.value(), "pause");
		return commit.send(remote, fields -> Call.post(path, fields), Map.of());
	}

}
