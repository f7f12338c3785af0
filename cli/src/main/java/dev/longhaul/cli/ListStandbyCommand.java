package dev.longhaul.cli;

import java.util.List;
import java.util.concurrent.Callable;

import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.render.StandbyJson;
import dev.longhaul.cli.render.StandbyText;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.cluster.RestoredVolume;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code longhaul restore standby list}.
 */
@Command(name = "list", header = "Show the volumes that stand by, and which backup each has all of.",
		description = { "", "Asks the cluster alone, and changes nothing.", "" }, footerHeading = "%nExamples:%n",
		footer = { "  longhaul restore standby list --kubeconfig second-cluster.yaml",
				"  longhaul restore standby list --kubeconfig second-cluster.yaml --output json | jq '.volumes[].backup'" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:all of them have the newest backup that Longhorn knows of, or there are none",
				"1:one of them has not", "2:wrong usage", "3:the cluster could not be reached" })
final class ListStandbyCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	@Mixin
	private final ClusterOption cluster = new ClusterOption();

	@Mixin
	private final FormatOption format = new FormatOption();

	ListStandbyCommand(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	@Override
	public Integer call() {
		List<RestoredVolume> standing;
		try (LonghornConnection there = cluster.open(surroundings)
			.orElseThrow(() -> new RefusedRequest(FailureCode.INVALID_USAGE, "nothing says which cluster is asked",
					"name its kubeconfig with --kubeconfig"))) {
			standing = there.restores().standbyVolumes();
		}
		if (format.isJson()) {
			StandbyJson.write(standing, List.of(), surroundings.output());
		}
		else {
			surroundings.output().print(new StandbyText(surroundings).render(standing, List.of()));
		}
		return (standing.stream().allMatch(RestoredVolume::isUpToDate) ? ExitStatus.PROVEN : ExitStatus.DAMAGE).code();
	}

}
