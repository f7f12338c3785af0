package dev.longhaul.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.gitops.appofapps.AddLonghaul;
import dev.longhaul.gitops.appofapps.ChartVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul gitops init}.
 */
@Command(name = "init", header = "Add Longhaul to an app-of-apps.", description = { "",
		"Adds an entry to the list in apps/values.yaml, written like its neighbour, and a folder longhaul/ with "
				+ "values, the applications whose volumes the values files of the repository name, and a first "
				+ "night. What is there already stays as it is. A clone is changed and nothing committed; with "
				+ "--url it is one commit, as 'longhaul jobs put' makes it.",
		"" }, footerHeading = "%nExamples:%n",
		footer = { "  longhaul gitops init --repo . --dry-run",
				"  longhaul gitops init --url https://gitea.example.org/me/homelab.git" })
final class InitGitopsCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	@Option(names = "--repo", paramLabel = "DIR", description = "A clone of the repository, instead of --url.")
	private @Nullable Path clone;

	@Option(names = "--chart-repository", paramLabel = "URL", defaultValue = "https://longhaul.dev/charts",
			description = "Where Argo CD finds Longhaul's chart. Default: ${DEFAULT-VALUE}.")
	private String chartRepository = "";

	@Option(names = "--chart-version", paramLabel = "VERSION",
			description = "Of that chart. Default: the version of this program.")
	private @Nullable String chartVersion;

	@Mixin
	private final ChangeOption change = new ChangeOption();

	InitGitopsCommand(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	@Override
	public Integer call() {
		AddLonghaul add = new AddLonghaul(chart());
		return (clone != null) ? change.applyTo(clone, add, surroundings) : change.apply(add, surroundings);
	}

	private ChartVersion chart() {
		try {
			String version = (chartVersion != null) ? chartVersion : Version.number();
			return new ChartVersion(chartRepository, version.replace("-SNAPSHOT", ""));
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, String.valueOf(ex.getMessage()),
					"'longhaul gitops init --help' shows how it is used", ex);
		}
	}

}
