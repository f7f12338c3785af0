package dev.longhaul.cli;

import java.util.List;
import java.util.concurrent.Callable;

import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.cli.render.PlannedRetention;
import dev.longhaul.cli.render.RetentionJson;
import dev.longhaul.cli.render.RetentionMarkdown;
import dev.longhaul.cli.render.RetentionText;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul retention plan}.
 */
@Command(name = "plan", header = "Say which restore points stay and which would go, each with its reasons.",
		description = { "",
				"Reads what nights have recorded in the bucket and which of their backups are still there, and decides "
						+ "by the 'retention' that is declared in Git. Removes nothing. Each application has a plan with "
						+ "a hash; 'longhaul retention apply' carries out the plan whose hash it is given, and no other.",
				"" },
		footerHeading = "%nExamples:%n",
		footer = {
				"  longhaul retention plan s3://longhorn-backups@eu-central-003/longhorn --repo . --trust longhaul.pub",
				"  longhaul retention plan file:///mnt/nas --policy 'daily 7, weekly 4, Europe/Berlin'",
				"  longhaul retention plan file:///mnt/nas --repo . --output json | jq -r '.applications[].plan'" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:planned", "1:planned, and a record is not believed: what it tells of stays",
				"2:wrong usage, or a mistake in the definitions", "3:the target could not be reached or refused" })
final class PlanRetentionCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	private final TargetOpener targets;

	@Mixin
	private final TargetParameter target = new TargetParameter();

	@Mixin
	private final RetentionOption retention = new RetentionOption();

	@Option(names = "--application", paramLabel = "NAME",
			description = "Only this application. May be given several times.")
	private List<ApplicationName> applications = List.of();

	@Mixin
	private final TrustOption trust = new TrustOption();

	@Option(names = "--output", paramLabel = "FORMAT", defaultValue = "text",
			description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
	private VerdictCommand.Form form = VerdictCommand.Form.text;

	PlanRetentionCommand(Surroundings surroundings, TargetOpener targets) {
		this.surroundings = surroundings;
		this.targets = targets;
	}

	@Override
	public Integer call() {
		Seal seal = trust.seal();
		PlannedRetention planned;
		try (RetentionSource source = retention.open(surroundings)) {
			RetentionPlans plans = new RetentionPlans(target.url().toString(), source, applications);
			planned = targets.with(target.url(), surroundings.environment(),
					(store, layout) -> plans.plan(store, layout, seal, surroundings));
		}
		switch (form) {
			case text -> surroundings.output()
				.print(new RetentionText(surroundings.style(), surroundings.terminal().width()).render(planned));
			case markdown -> surroundings.output().print(RetentionMarkdown.render(planned));
			case json -> RetentionJson.write(planned, surroundings.output());
		}
		if (form != VerdictCommand.Form.json) {
			trust.note(surroundings.errors());
		}
		return (planned.refusals().isEmpty() ? ExitStatus.PROVEN : ExitStatus.DAMAGE).code();
	}

}
