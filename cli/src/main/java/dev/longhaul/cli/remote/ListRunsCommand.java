package dev.longhaul.cli.remote;

import dev.longhaul.cli.render.RunsText;
import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.core.run.JobName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code longhaul remote runs list}.
 */
@Command(name = "list", header = "Show what ran and what runs, newest first.", footerHeading = "%nExamples:%n",
		footer = "  longhaul remote runs list --outcome failed")
final class ListRunsCommand extends ListedResource {

	@Option(names = "--job", paramLabel = "NAME", description = "Only runs of this one.")
	private @Nullable JobName job;

	@Option(names = "--outcome", paramLabel = "OUTCOME",
			description = "Only: waiting, running, proven, unproven, failed, cancelled or interrupted.")
	private @Nullable String outcome;

	ListRunsCommand(Remote remote) {
		super(remote, ApiPath.of("runs"), (page, elements) -> new RunsText(page).list(elements));
	}

	@Override
	ApiPath narrowed(ApiPath list) {
		return list.with("job", job).with("outcome", outcome);
	}

}
