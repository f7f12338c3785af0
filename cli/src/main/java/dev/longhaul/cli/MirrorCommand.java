package dev.longhaul.cli;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import dev.longhaul.backupstore.mirror.Healing;
import dev.longhaul.backupstore.mirror.Mirror;
import dev.longhaul.backupstore.mirror.MirrorReport;
import dev.longhaul.backupstore.mirror.Side;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.option.TimeOption;
import dev.longhaul.cli.progress.MirrorProgress;
import dev.longhaul.cli.render.MirrorJson;
import dev.longhaul.cli.render.MirrorText;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.volume.VolumeName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul mirror}.
 */
@Command(name = "mirror", header = "Copy a backup target to another one, from which Longhorn can restore too.",
		description = { "",
				"Copies what the destination does not have: blocks first, each one checked on its way, then the "
						+ "manifests of backups that are whole, then volume.cfg, then the exports beside them, and last "
						+ "what nights have recorded about them; with --trust only what is signed by one of the keys. "
						+ "May be stopped at any moment; the next run goes on. Only reads the source, and removes "
						+ "nothing from the destination.",
				"" },
		footerHeading = "%nExamples:%n",
		footer = { "  longhaul mirror s3://longhorn-backups@eu-central-003/longhorn file:///mnt/nas/longhorn",
				"  longhaul mirror s3://backups@eu-central-003/home s3://copy@us-west-004/home %n"
						+ "      --to-credentials /etc/longhaul/copy",
				"  longhaul mirror file:///mnt/nas file:///mnt/usb --dry-run --output json | jq .plan", "",
				"Exit codes: 0 everything is copied, 1 the source is damaged and everything else is copied, "
						+ "2 wrong usage, 3 something could not be reached, refused or had to be skipped, "
						+ "4 interrupted." })
final class MirrorCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	private final TargetOpener targets;

	@Mixin
	private final MirrorEnds ends = new MirrorEnds();

	@Option(names = "--volume", paramLabel = "VOLUME", description = "Only this volume. May be given several times.")
	private List<VolumeName> volumes = List.of();

	@Option(names = "--dry-run", description = "Show what there is to copy and what it costs, and copy nothing.")
	private boolean dryRun;

	@Option(names = "--heal",
			description = "Also read back the blocks that the destination has already, and copy those again that are "
					+ "damaged there. Without it, name and size decide.")
	private boolean heal;

	@Option(names = "--concurrency", paramLabel = "N",
			description = "How many blocks to copy at once, 1 to 256; fewer where memory does not allow it. Default: 8.")
	private Concurrency concurrency = Concurrency.DEFAULT;

	@Mixin
	private final TrustOption trust = new TrustOption();

	@Mixin
	private final FormatOption format = new FormatOption();

	@Mixin
	private final TimeOption time = new TimeOption();

	MirrorCommand(Surroundings surroundings, TargetOpener targets) {
		this.surroundings = surroundings;
		this.targets = targets;
	}

	@Override
	public Integer call() {
		MirrorReport report = ends.with(surroundings, targets, this::mirror);
		if (format.isJson()) {
			new MirrorJson(ends.source().toString(), ends.destination().toString()).write(report,
					surroundings.output());
		}
		else {
			MirrorText text = new MirrorText(time.page(ends.source(), surroundings), ends.destination().toString());
			surroundings.output().print(text.render(report));
		}
		return report.status().code();
	}

	private MirrorReport mirror(Side from, Side to) {
		Mirror.Settings settings = Mirror.Settings.of(concurrency, heal ? Healing.READ_BACK : Healing.TRUST_LISTING,
				trust.seal());
		Mirror mirror = new Mirror(from, to, settings, surroundings.clock(), surroundings.pause());
		if (dryRun) {
			return mirror.plan(Set.copyOf(volumes));
		}
		try (MirrorProgress progress = progress()) {
			return mirror.run(Set.copyOf(volumes), progress);
		}
	}

	private MirrorProgress progress() {
		return format.isJson() ? MirrorProgress.none() : MirrorProgress.of(surroundings);
	}

}
