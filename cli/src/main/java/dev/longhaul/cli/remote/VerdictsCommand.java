package dev.longhaul.cli.remote;

import java.util.List;
import java.util.concurrent.Callable;

import dev.longhaul.cli.render.Standings;
import dev.longhaul.cli.server.Answer;
import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.cli.server.Fields;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.ExitStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code longhaul remote verdicts}.
 */
@Command(name = "verdicts", header = "Say whether the 3-2-1-1-0 rule holds, with the evidence of each clause.",
		footerHeading = "%nExamples:%n",
		footer = { "  longhaul remote verdicts --overall fails", "  longhaul remote verdicts gitea" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:no errors are known", "1:the newest read-back of one that is shown found damage",
				"2:wrong usage", "3:the server could not be reached or refused" })
final class VerdictsCommand implements Callable<Integer> {

	private final Remote remote;

	@Parameters(paramLabel = "APPLICATION", arity = "0..1", description = "Only that of this one.")
	private @Nullable ApplicationName name;

	@Option(names = "--overall", paramLabel = "ANSWER",
			description = "Only of those that stand so: holds, fails, unknown.")
	private @Nullable String overall;

	@Mixin
	private final PartOption part = new PartOption();

	@Mixin
	private final ReportOption report = new ReportOption();

	VerdictsCommand(Remote remote) {
		this.remote = remote;
	}

	@Override
	public Integer call() {
		Answer answer;
		List<Fields> verdicts;
		if (name != null) {
			answer = remote.get(ApiPath.of("verdicts", name.value()));
			verdicts = List.of(answer.object());
		}
		else {
			answer = remote.get(part.of(ApiPath.of("verdicts").with("overall", overall)));
			verdicts = answer.items();
			part.note(answer, remote.surroundings().errors());
		}
		report.tellOne(remote, answer, (page, any) -> new Standings(page).verdicts(verdicts));
		return (verdicts.stream().anyMatch(Standings::hasErrors) ? ExitStatus.DAMAGE : ExitStatus.PROVEN).code();
	}

}
