package dev.longhaul.cli.remote;

import java.util.concurrent.Callable;

import dev.longhaul.cli.render.Standings;
import dev.longhaul.cli.server.Answer;
import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.core.application.ApplicationName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code longhaul remote applications}.
 */
@Command(name = "applications", header = "Show how applications stand, each with what fails or is not known.",
		footerHeading = "%nExamples:%n",
		footer = { "  longhaul remote applications", "  longhaul remote applications gitea",
				"  longhaul remote applications --output json | jq -r '.items[] | select(.verdict.overall != \"holds\").name'" })
final class ApplicationsCommand implements Callable<Integer> {

	private final Remote remote;

	@Parameters(paramLabel = "NAME", arity = "0..1", description = "Only this one, with all its evidence.")
	private @Nullable ApplicationName name;

	@Mixin
	private final PartOption part = new PartOption();

	@Mixin
	private final ReportOption report = new ReportOption();

	ApplicationsCommand(Remote remote) {
		this.remote = remote;
	}

	@Override
	public Integer call() {
		if (name != null) {
			return report.tellOne(remote, remote.get(ApiPath.of("applications", name.value())),
					(page, application) -> new Standings(page).application(application));
		}
		Answer answer = remote.get(part.of(ApiPath.of("applications")));
		part.note(answer, remote.surroundings().errors());
		return report.tellAll(remote, answer, (page, applications) -> new Standings(page).applications(applications));
	}

}
