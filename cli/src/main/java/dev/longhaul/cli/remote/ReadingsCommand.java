package dev.longhaul.cli.remote;

import java.time.LocalDate;
import java.util.concurrent.Callable;

import dev.longhaul.cli.render.ServerText;
import dev.longhaul.cli.server.ApiPath;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul remote readings}.
 */
@Command(name = "readings", header = "Show what was read back, day by day.", footerHeading = "%nExamples:%n",
		footer = "  longhaul remote readings --from 2026-11-01")
final class ReadingsCommand implements Callable<Integer> {

	private final Remote remote;

	@Option(names = "--from", paramLabel = "DAY",
			description = "The first one, in UTC. Default: 30 days before the end.")
	private @Nullable LocalDate from;

	@Option(names = "--until", paramLabel = "DAY", description = "Not this one any more. Default: tomorrow.")
	private @Nullable LocalDate until;

	@Mixin
	private final ReportOption report = new ReportOption();

	ReadingsCommand(Remote remote) {
		this.remote = remote;
	}

	@Override
	public Integer call() {
		ApiPath path = ApiPath.of("verification", "readings").with("from", from).with("until", until);
		return report.tellAll(remote, remote.get(path), (page, days) -> new ServerText(page).readings(days));
	}

}
