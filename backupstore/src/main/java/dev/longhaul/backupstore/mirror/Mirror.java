package dev.longhaul.backupstore.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.catalog.CatalogCopy;
import dev.longhaul.backupstore.catalog.CopiedDocuments;
import dev.longhaul.backupstore.catalog.ExtraMemoryFile;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.inventory.Inventory;
import dev.longhaul.backupstore.inventory.VolumeFolder;
import dev.longhaul.backupstore.mirror.MirrorReport.Kind;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.backupstore.verify.BlockIndex;
import dev.longhaul.backupstore.verify.Selection;
import dev.longhaul.backupstore.write.LockPace;
import dev.longhaul.core.extra.ExtraMemory;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;

/**
 * Makes one target a copy of another: blocks first, then the manifests of backups, then
 * {@code volume.cfg}, every byte as Longhorn wrote it, then the exports beside them, and
 * last what Longhaul itself has recorded about them. So Longhorn can restore from the
 * copy at every moment, and a run that is killed is gone on with by the next one. Nothing
 * is written to the source, and nothing of the destination is deleted; since when it has
 * what the source has no more is remembered there.
 */
public final class Mirror {

	private final Side source;

	private final Side destination;

	private final CountedStore sourceCalls;

	private final CountedStore destinationCalls;

	private final Settings settings;

	private final Clock clock;

	private final Pause pause;

	public Mirror(Side source, Side destination, Settings settings, Clock clock, Pause pause) {
		this.sourceCalls = new CountedStore(source.store());
		this.destinationCalls = new CountedStore(destination.store());
		this.source = new Side(sourceCalls, source.layout());
		this.destination = new Side(destinationCalls, destination.layout());
		this.settings = settings;
		this.clock = clock;
		this.pause = pause;
	}

	/**
	 * How a mirror works.
	 *
	 * @param deletions how long to wait for the end of a deletion in a volume, on either
	 * side, before the volume is skipped
	 * @param indexCapacity blocks held in memory at once
	 * @param seal decides which documents of Longhaul's own are believed, and copied
	 */
	public record Settings(Concurrency concurrency, Healing healing, Patience deletions, LockPace lockPace,
			int indexCapacity, Seal seal) {

		/** Longhorn deletes the blocks of a backup one by one. */
		private static final Patience FIVE_MINUTES = new Patience(Duration.ofSeconds(10), Duration.ofMinutes(5));

		public static Settings of(Concurrency concurrency, Healing healing, Seal seal) {
			return new Settings(concurrency, healing, FIVE_MINUTES, LockPace.LONGHORN, BlockIndex.USUAL_CAPACITY, seal);
		}

	}

	/** What a volume's mirror works with. */
	record Parts(Side source, Side destination, Settings settings, Clock clock, Pause pause) {
	}

	/**
	 * Says what there is to do and does none of it. Damage is an answer, not a failure.
	 * @param volumes only these; all if empty
	 * @throws dev.longhaul.core.failure.LonghaulException if a side cannot be read, or a
	 * volume is not there
	 */
	public MirrorReport plan(Set<VolumeName> volumes) {
		return visit(volumes, Kind.PLAN, MirrorListener.NONE);
	}

	/**
	 * Copies what the destination does not have. Damage is an answer, not a failure:
	 * everything else is copied all the same.
	 * @param volumes only these; all if empty
	 * @throws dev.longhaul.core.failure.LonghaulException if a side cannot be reached or
	 * refuses, or a volume is not there; what was copied so far stays and counts
	 */
	public MirrorReport run(Set<VolumeName> volumes, MirrorListener listener) {
		return visit(volumes, Kind.RUN, listener);
	}

	private MirrorReport visit(Set<VolumeName> chosen, Kind kind, MirrorListener listener) {
		Instant start = clock.instant();
		List<VolumeFolder> all = new Inventory(source.store(), source.layout()).volumes();
		List<VolumeFolder> folders = new Selection(chosen, Set.of()).choose(all);
		Map<VolumeName, VolumeFolder> there = new Inventory(destination.store(), destination.layout()).volumesIfAny()
			.stream()
			.collect(Collectors.toMap(VolumeFolder::volume, Function.identity()));
		List<MirroredVolume> mirrored = new ArrayList<>();
		for (VolumeFolder folder : folders) {
			MirroredVolume volume = visit(folder, there, kind, listener);
			listener.volumeDone(volume);
			mirrored.add(volume);
		}
		List<VolumePlan> plans = mirrored.stream().map(MirroredVolume::plan).filter(Objects::nonNull).toList();
		CopiedExports exports = exports(kind, chosen);
		MirrorPlan plan = new MirrorPlan(plans, exports.planned(),
				chosen.isEmpty() ? extraVolumes(all, there.keySet()) : List.of());
		CopiedDocuments documents = documents(kind);
		if (kind == Kind.RUN) {
			remember(all, there.values());
		}
		return new MirrorReport(kind, plan, mirrored, exports, documents, Duration.between(start, clock.instant()),
				sourceCalls.calls(), destinationCalls.calls());
	}

	private MirroredVolume visit(VolumeFolder folder, Map<VolumeName, VolumeFolder> there, Kind kind,
			MirrorListener listener) {
		VolumeFolder copy = there.getOrDefault(folder.volume(),
				new VolumeFolder(folder.volume(), null, List.of(), List.of()));
		VolumeMirror mirror = new VolumeMirror(parts(), folder, copy, listener);
		try {
			return (kind == Kind.PLAN) ? mirror.plan() : mirror.run();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("recording what was read does no input or output", ex);
		}
	}

	/** Before the documents that name them. */
	private CopiedExports exports(Kind kind, Set<VolumeName> chosen) {
		ExportMirror mirror = new ExportMirror(parts());
		return (kind == Kind.PLAN) ? mirror.plan(chosen) : mirror.run(chosen);
	}

	/** Both listings came to their end, or there would have been a failure. */
	private void remember(List<VolumeFolder> ours, Collection<VolumeFolder> theirs) {
		if (ours.isEmpty()) {
			return;
		}
		ExtraMemoryFile file = ExtraPlanner.memory(source, destination, pause);
		ExtraMemory before = file.read();
		ExtraMemory after = before.after(ExtraPlanner.sides(ours, theirs),
				clock.instant().truncatedTo(ChronoUnit.SECONDS));
		if (!after.equals(before)) {
			file.write(after);
		}
	}

	private Parts parts() {
		return new Parts(source, destination, settings, clock, pause);
	}

	/** After the volumes: a document speaks of backups that are there then. */
	private CopiedDocuments documents(Kind kind) {
		CatalogCopy copy = new CatalogCopy(source.store(), source.layout(), destination.store(), destination.layout(),
				pause, settings.seal());
		return (kind == Kind.PLAN) ? copy.plan() : copy.run();
	}

	/** From a listing that is complete, or it would have failed, and not empty. */
	private static List<VolumeName> extraVolumes(List<VolumeFolder> source, Set<VolumeName> there) {
		if (source.isEmpty()) {
			return List.of();
		}
		Set<VolumeName> ours = source.stream().map(VolumeFolder::volume).collect(Collectors.toSet());
		return there.stream().filter(volume -> !ours.contains(volume)).sorted().toList();
	}

}
