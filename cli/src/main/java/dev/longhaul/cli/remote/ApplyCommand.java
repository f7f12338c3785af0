package dev.longhaul.cli.remote;

import java.util.concurrent.Callable;

import dev.longhaul.cli.server.Answer;
import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.cli.server.Call;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code longhaul remote retention apply}.
 */
@Command(name = "apply", header = "Have the server remove what an approved plan says, through Longhorn.",
		description = { "",
				"The server plans anew, and goes on only if that is the plan with this hash. It is a run like "
						+ "any other: it can be watched and cancelled.",
				"" },
		footerHeading = "%nExamples:%n",
		footer = { "  longhaul remote retention apply 3f0c…", "  longhaul remote retention apply 3f0c… --watch" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:it was started; with --watch: all that was to go is gone",
				"2:wrong usage, or the plan is not the one that was approved",
				"3:something could not be reached, or did not go",
				"4:it was cancelled or interrupted, or the watch was; then the run goes on" })
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without it
final class ApplyCommand implements Callable<Integer> {

	private final Remote remote;

	@Parameters(paramLabel = "HASH", description = "Of the plan that is approved, as 'retention plan' prints it.")
	private String hash;

	@Mixin
	private final FollowOption follow = new FollowOption();

	ApplyCommand(Remote remote) {
		this.remote = remote;
	}

	@Override
	public Integer call() {
		Answer run = remote.send(Call.post(ApiPath.of("retention", "plans", hash, "apply")).once());
		return follow.tell(remote, run);
	}

}
