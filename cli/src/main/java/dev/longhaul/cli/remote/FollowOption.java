package dev.longhaul.cli.remote;

import dev.longhaul.cli.render.RunsText;
import dev.longhaul.cli.server.Answer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Whether a run that was started is followed, or only told of.
 */
final class FollowOption {

	@Option(names = "--watch", description = "Follow it to its end; Ctrl-C ends the watch, not the run.")
	private boolean watch;

	@Mixin
	private final ReportOption report = new ReportOption();

	/**
	 * @param started the run
	 * @return the exit status
	 */
	int tell(Remote remote, Answer started) {
		return watch ? new RunWatch(remote, report).follow(started.object().text("id"))
				: report.tellOne(remote, started, (page, run) -> new RunsText(page).one(run));
	}

}
