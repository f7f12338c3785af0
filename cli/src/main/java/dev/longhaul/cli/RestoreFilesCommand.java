package dev.longhaul.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.export.Export;
import dev.longhaul.backupstore.export.LostBlocks;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.image.Tools;
import dev.longhaul.backupstore.inventory.NearNames;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.stream.Identities;
import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.option.TimeOption;
import dev.longhaul.cli.progress.FilesProgress;
import dev.longhaul.cli.render.FilesJson;
import dev.longhaul.cli.render.FilesText;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.text.Printable;
import dev.longhaul.restore.choice.Absence;
import dev.longhaul.restore.choice.BucketContents;
import dev.longhaul.restore.choice.Choice;
import dev.longhaul.restore.choice.Chosen;
import dev.longhaul.restore.choice.ChosenPoint;
import dev.longhaul.restore.choice.Wanted;
import dev.longhaul.restore.files.Destination;
import dev.longhaul.restore.files.ExportFiles;
import dev.longhaul.restore.files.ExportOutcome;
import dev.longhaul.restore.files.FilesReport;
import dev.longhaul.restore.files.FilesRestore;
import dev.longhaul.restore.files.VolumeOrder;
import dev.longhaul.restore.files.VolumeOrders;
import dev.longhaul.restore.files.VolumeOutcome;
import dev.longhaul.restore.files.VolumeOutcome.State;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul restore files}.
 */
@Command(name = "files", header = "Bring the files of applications back, without any Kubernetes.", description = { "",
		"For each volume of a restore point: fetches its image, checking every block, has its file system checked "
				+ "(e2fsck, of e2fsprogs), and copies the files out. Then the exports beside it. Nobody has to be root, "
				+ "nothing is mounted, and the bucket is only read.",
		"",
		"A call that was interrupted goes on where it was when it is made again; nothing that is in the directory is "
				+ "ever overwritten.",
		"" }, footerHeading = "%nExamples:%n",
		footer = {
				"  longhaul restore files s3://longhorn-backups@eu-central-003/longhorn --application nextcloud %n"
						+ "      --identity key.txt --to rescued",
				"  longhaul restore files file:///mnt/nas --volume nextcloud/nextcloud-data --best-effort %n"
						+ "      --to rescued",
				"  longhaul restore files file:///mnt/nas --all --as-of 2026-11-20T00:00:00Z --to rescued" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:everything came out, and the file systems are sound",
				"1:damage was found, or something is missing; what could be saved is saved",
				"2:wrong usage, something in the way, or no room on the disk",
				"3:the target could not be reached, or a file system could not be checked", "4:interrupted" })
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without its required
									// options
final class RestoreFilesCommand implements Callable<Integer> {

	/** Longhorn tells instants by the second. */
	private static final Duration BEFORE = Duration.ofSeconds(1);

	private final Surroundings surroundings;

	private final TargetOpener targets;

	@Mixin
	private final TargetParameter target = new TargetParameter();

	@Option(names = "--application", paramLabel = "NAME",
			description = "Whose files; may be repeated. Where nothing but Longhorn ever wrote, the namespace of the claims.")
	private Set<ApplicationName> applications = new LinkedHashSet<>();

	@Option(names = "--volume", paramLabel = "VOLUME",
			description = "Only that volume, by its name or its claim (namespace/name), and no exports; may be repeated.")
	private Set<String> volumes = new LinkedHashSet<>();

	@Option(names = "--all", description = "All applications.")
	private boolean all;

	@Option(names = "--to", required = true, paramLabel = "DIR",
			description = "Where to. Made if it does not exist; nothing in it is overwritten.")
	private Path directory;

	@Option(names = "--as-of", paramLabel = "INSTANT",
			description = "Nothing newer than that, such as 2026-11-20T00:00:00Z. Default: the newest that is proven.")
	private @Nullable Instant asOf;

	@Option(names = "--restore-point", paramLabel = "JOB@STAMP",
			description = "That of one night, such as nightly@20261122t023000z, whatever it is worth.")
	private @Nullable Night night;

	@Option(names = "--best-effort",
			description = "Take what is left of a volume when blocks of it are lost: zeros in their places, each told.")
	private boolean isBestEffort;

	@Option(names = "--keep-images", description = "Keep the image of each volume beside its files.")
	private boolean keepsImages;

	@Mixin
	private final IdentityOption identity = new IdentityOption();

	@Mixin
	private final TrustOption trust = new TrustOption();

	@Mixin
	private final FormatOption format = new FormatOption();

	@Mixin
	private final TimeOption time = new TimeOption();

	RestoreFilesCommand(Surroundings surroundings, TargetOpener targets) {
		this.surroundings = surroundings;
		this.targets = targets;
	}

	@Override
	public Integer call() {
		requireSomething();
		Seal seal = trust.seal();
		Identities identities = identity.read(surroundings.errors());
		FilesReport report = targets.with(target.url(), surroundings.environment(),
				(store, layout) -> restore(store, layout, seal, identities));
		if (format.isJson()) {
			new FilesJson(target.url().toString()).write(report, surroundings.output());
		}
		else {
			surroundings.output().print(new FilesText(time.page(target.url(), surroundings)).render(report));
			trust.note(surroundings.errors());
		}
		return report.status().code();
	}

	private void requireSomething() {
		boolean names = !applications.isEmpty() || !volumes.isEmpty();
		if (all == names) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					all ? "--all stands alone, without --application and --volume"
							: "nothing is said of what to restore",
					"give --application NAME, --volume VOLUME or --all; 'longhaul restore plan --target %s' shows what there is"
						.formatted(target.url()));
		}
		if (asOf != null && night != null) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "--as-of and --restore-point say different things",
					"give one of them");
		}
	}

	private FilesReport restore(StreamingStore store, BackupstoreLayout layout, Seal seal,
			@Nullable Identities identities) {
		BucketContents contents = BucketContents.read(store, layout, seal, surroundings.pause());
		Chosen chosen = Choice.of(contents, new Wanted(applications, asOf, night));
		List<VolumeOrder> orders = wanted(VolumeOrders.of(chosen.points()));
		List<ChosenPoint> points = chosen.points()
			.stream()
			.filter(point -> orders.stream().anyMatch(order -> order.application().equals(point.application())))
			.toList();
		if (points.isEmpty()) {
			return new FilesReport(directory, points, List.of(), List.of(), chosen.missing(), chosen.leftOut(),
					List.of(), true);
		}
		try (Destination destination = Destination.open(directory);
				FilesProgress progress = FilesProgress.of(surroundings, format.isJson())) {
			Export export = new Export(store, layout, surroundings.pause(), Concurrency.DEFAULT);
			List<VolumeOutcome> restored = new FilesRestore(export, destination, manner(), surroundings.clock(),
					progress)
				.restore(orders);
			ExportArchive archive = new ExportArchive(store, layout, surroundings.pause(), surroundings.clock());
			ExportFiles exports = new ExportFiles(archive, destination, identities);
			List<ExportOutcome> fetched = new ArrayList<>();
			if (volumes.isEmpty()) {
				points.forEach(point -> fetched.addAll(exports.fetch(point, progress)));
			}
			return new FilesReport(destination.directory(), points, restored, fetched, missing(chosen),
					chosen.leftOut(), older(contents, points, restored), destination.keepsOwners());
		}
	}

	private FilesRestore.Manner manner() {
		return new FilesRestore.Manner(isBestEffort ? LostBlocks.BECOME_ZEROS : LostBlocks.ARE_REFUSED, keepsImages,
				Tools.PLACES);
	}

	/** Who asks for a volume is not told of all that is missing elsewhere. */
	private List<Absence> missing(Chosen chosen) {
		return volumes.isEmpty() ? chosen.missing() : List.of();
	}

	private List<VolumeOrder> wanted(List<VolumeOrder> orders) {
		if (volumes.isEmpty()) {
			return orders;
		}
		for (String name : volumes) {
			if (orders.stream().noneMatch(order -> isCalled(order, name))) {
				throw new RefusedRequest(FailureCode.VOLUME_NOT_FOUND,
						"no restore point that was chosen has a volume or claim '%s'".formatted(Printable.of(name)),
						new NearNames(orders.stream()
							.flatMap(order -> Stream.of(order.label(), order.volume().value()))
							.distinct()
							.toList()).hint(name));
			}
		}
		return orders.stream().filter(order -> volumes.stream().anyMatch(name -> isCalled(order, name))).toList();
	}

	private static boolean isCalled(VolumeOrder order, String name) {
		return order.label().equals(name) || order.volume().value().equals(name);
	}

	/** The next to try, of applications of which something is lost. */
	private static List<ChosenPoint> older(BucketContents contents, List<ChosenPoint> points,
			List<VolumeOutcome> restored) {
		return points.stream()
			.filter(point -> restored.stream()
				.filter(outcome -> outcome.order().application().equals(point.application()))
				.anyMatch(outcome -> outcome.state() == State.DAMAGED || outcome.state() == State.FAILED))
			.flatMap(point -> Choice
				.of(contents, new Wanted(Set.of(point.application()), point.takenAt().minus(BEFORE), null))
				.points()
				.stream())
			.toList();
	}

}
