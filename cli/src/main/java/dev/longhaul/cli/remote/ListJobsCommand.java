package dev.longhaul.cli.remote;

import dev.longhaul.cli.render.JobsText;
import dev.longhaul.cli.server.ApiPath;
import picocli.CommandLine.Command;

/**
 * {@code longhaul remote jobs list}.
 */
@Command(name = "list", header = "Show the jobs in force, and when each runs next.", footerHeading = "%nExamples:%n",
		footer = "  longhaul remote jobs list")
final class ListJobsCommand extends ListedResource {

	ListJobsCommand(Remote remote) {
		super(remote, ApiPath.of("jobs"), (page, elements) -> new JobsText(page).list(elements));
	}

}
