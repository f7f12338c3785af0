package dev.longhaul.cli;

import java.util.List;
import java.util.concurrent.Callable;

import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.render.DrillJson;
import dev.longhaul.cli.render.DrillText;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.cluster.ThrowAwayNamespaces.ThrowAway;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code longhaul restore drill sweep}.
 */
@Command(name = "sweep", header = "Remove what drills have left that were killed.", description = { "",
		"Removes every namespace that a drill has made, with its pods, claims and volumes, also those of a drill "
				+ "that is going on. Whatever has not the marks of a drill stays.",
		"" }, footerHeading = "%nExamples:%n", footer = { "  longhaul restore drill sweep --kubeconfig k3s.yaml" },
		exitCodeListHeading = "%nExit codes:%n", exitCodeList = { "0:nothing is left", "2:wrong usage",
				"3:something could not be reached or removed; run it again", "4:interrupted" })
final class SweepDrillsCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	@Mixin
	private final ClusterOption cluster = new ClusterOption();

	@Mixin
	private final FormatOption format = new FormatOption();

	SweepDrillsCommand(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	@Override
	public Integer call() {
		try (LonghornConnection there = cluster.open(surroundings)
			.orElseThrow(() -> new RefusedRequest(FailureCode.INVALID_USAGE, "nothing says which cluster is swept",
					"name its kubeconfig with --kubeconfig"))) {
			List<ThrowAway> removed = RunDrillCommand.removal(there, surroundings).removeAll();
			if (format.isJson()) {
				DrillJson.writeSwept(removed, surroundings.output());
			}
			else {
				surroundings.output().print(DrillText.swept(removed));
			}
		}
		return ExitStatus.PROVEN.code();
	}

}
