package dev.longhaul.cli.remote;

import java.util.List;
import java.util.concurrent.Callable;

import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.cli.server.Fields;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code longhaul remote runs watch}.
 */
@Command(name = "watch", header = "Follow a run to its end. Ctrl-C ends the watch, not the run.",
		footerHeading = "%nExamples:%n",
		footer = { "  longhaul remote runs watch", "  longhaul remote runs watch 0193…" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:everything is proven", "1:it has failed on damage",
				"2:wrong usage, or what the run was asked for",
				"3:it came to its end and not everything is proven, or something could not be reached",
				"4:the run was cancelled or interrupted, or the watch was; then the run goes on" })
final class WatchRunCommand implements Callable<Integer> {

	private final Remote remote;

	@Parameters(arity = "0..1", paramLabel = "ID", description = "Of the run. Default: the newest that runs.")
	private @Nullable String id;

	@Mixin
	private final ReportOption report = new ReportOption();

	WatchRunCommand(Remote remote) {
		this.remote = remote;
	}

	@Override
	public Integer call() {
		return new RunWatch(remote, report).follow((id != null) ? id : newest());
	}

	private String newest() {
		List<Fields> running = remote.get(ApiPath.of("runs").with("outcome", "running").with("limit", 1)).items();
		if (running.isEmpty()) {
			throw new RefusedRequest(FailureCode.RUN_NOT_FOUND, "nothing runs on %s now".formatted(remote.address()),
					"longhaul remote runs list shows what ran; name one to see its end");
		}
		return running.get(0).text("id");
	}

}
