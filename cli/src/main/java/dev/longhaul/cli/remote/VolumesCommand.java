package dev.longhaul.cli.remote;

import dev.longhaul.cli.render.ServerText;
import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.core.application.ApplicationName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code longhaul remote volumes}.
 */
@Command(name = "volumes", header = "Show which volumes have a backup, each with its newest.",
		footerHeading = "%nExamples:%n", footer = "  longhaul remote volumes --application gitea")
final class VolumesCommand extends ListedResource {

	@Option(names = "--application", paramLabel = "NAME", description = "Only those of this one.")
	private @Nullable ApplicationName application;

	VolumesCommand(Remote remote) {
		super(remote, ApiPath.of("volumes"), (page, elements) -> new ServerText(page).volumes(elements));
	}

	@Override
	ApiPath narrowed(ApiPath list) {
		return list.with("application", application);
	}

}
