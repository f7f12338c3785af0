package dev.longhaul.cli.remote;

import java.util.Map;
import java.util.concurrent.Callable;

import dev.longhaul.cli.server.Answer;
import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.cli.server.Call;
import dev.longhaul.core.run.JobName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code longhaul remote runs start}.
 */
@Command(name = "start", header = "Start a run of a job now, also of one that is paused.",
		description = { "",
				"If the answer is lost, the same call is sent again, and the run is started once all the same.", "" },
		footerHeading = "%nExamples:%n",
		footer = { "  longhaul remote runs start nightly", "  longhaul remote runs start nightly --watch" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:it was started; with --watch: everything is proven", "1:it has failed on damage",
				"2:wrong usage, or what the run was asked for",
				"3:it came to its end and not everything is proven, or something could not be reached",
				"4:the run was cancelled or interrupted, or the watch was; then the run goes on" })
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without it
final class StartRunCommand implements Callable<Integer> {

	private final Remote remote;

	@Parameters(paramLabel = "JOB", description = "The job.")
	private JobName job;

	@Mixin
	private final FollowOption follow = new FollowOption();

	StartRunCommand(Remote remote) {
		this.remote = remote;
	}

	@Override
	public Integer call() {
		Answer run = remote.send(Call.post(ApiPath.of("runs"), Map.of("job", job.value())).once());
		return follow.tell(remote, run);
	}

}
