package dev.longhaul.cli;

import java.util.List;
import java.util.concurrent.Callable;

import dev.longhaul.backupstore.inventory.Catalogue;
import dev.longhaul.backupstore.inventory.CataloguedVolume;
import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.option.TimeOption;
import dev.longhaul.cli.render.CatalogueJson;
import dev.longhaul.cli.render.CatalogueText;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code longhaul ls}.
 */
@Command(name = "ls", header = "Show the volumes and backups of a backup target.",
		description = { "",
				"Reads the beginning of every manifest and no data: 'finished' is what a backup says of itself. "
						+ "'longhaul verify' finds out whether it is true.",
				"" },
		footerHeading = "%nExamples:%n",
		footer = { "  longhaul ls s3://longhorn-backups@eu-central-003/longhorn", "  longhaul ls file:///mnt/nas --utc",
				"  longhaul ls file:///mnt/nas --output json | jq '.volumes[].claim'" })
final class ListCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	private final TargetOpener targets;

	@Mixin
	private final TargetParameter target = new TargetParameter();

	@Mixin
	private final FormatOption format = new FormatOption();

	@Mixin
	private final TimeOption time = new TimeOption();

	ListCommand(Surroundings surroundings, TargetOpener targets) {
		this.surroundings = surroundings;
		this.targets = targets;
	}

	@Override
	public Integer call() {
		List<CataloguedVolume> volumes = targets.with(target.url(), surroundings.environment(),
				(store, layout) -> new Catalogue(store, layout, surroundings.pause()).read());
		if (format.isJson()) {
			new CatalogueJson(target.url().toString()).write(volumes, surroundings.output());
		}
		else {
			surroundings.output().print(new CatalogueText(time.page(target.url(), surroundings)).render(volumes));
		}
		return ExitStatus.PROVEN.code();
	}

}
