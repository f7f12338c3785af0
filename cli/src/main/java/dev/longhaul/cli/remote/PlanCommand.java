package dev.longhaul.cli.remote;

import java.util.Map;
import java.util.concurrent.Callable;

import dev.longhaul.cli.render.Page;
import dev.longhaul.cli.render.ServerPlans;
import dev.longhaul.cli.server.Answer;
import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.cli.server.Call;
import dev.longhaul.cli.server.Fields;
import dev.longhaul.core.application.ApplicationName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code longhaul remote retention plan}.
 */
@Command(name = "plan", header = "Say which restore points stay and which would go, each with its reasons.",
		description = { "",
				"Removes nothing. Each application that has a retention declared in Git has a plan with a hash.", "" },
		footerHeading = "%nExamples:%n", footer = { "  longhaul remote retention plan",
				"  longhaul remote retention plan gitea --output json | jq -r '.items[].hash'" })
final class PlanCommand implements Callable<Integer> {

	private final Remote remote;

	@Parameters(paramLabel = "APPLICATION", arity = "0..1", description = "Only that of this one.")
	private @Nullable ApplicationName application;

	@Mixin
	private final ReportOption report = new ReportOption();

	PlanCommand(Remote remote) {
		this.remote = remote;
	}

	@Override
	public Integer call() {
		Map<String, String> wanted = (application != null) ? Map.of("application", application.value()) : Map.of();
		Answer plans = remote.send(Call.post(ApiPath.of("retention", "plans"), wanted));
		return report.tell(remote, plans, this::text);
	}

	private String text(Page page, Answer plans) {
		StringBuilder text = new StringBuilder();
		for (Fields plan : plans.items()) {
			Fields details = remote.get(ApiPath.of("retention", "plans", plan.text("hash"))).object();
			text.append(text.isEmpty() ? "" : "\n").append(new ServerPlans(page).plan(details));
		}
		return text.isEmpty() ? "everything is kept: no job declares a retention for what is recorded\n"
				: text.toString();
	}

}
