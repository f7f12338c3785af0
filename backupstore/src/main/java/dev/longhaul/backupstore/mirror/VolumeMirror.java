package dev.longhaul.backupstore.mirror;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.inventory.Inventory;
import dev.longhaul.backupstore.inventory.VolumeConfigs;
import dev.longhaul.backupstore.inventory.VolumeFolder.ManifestFile;
import dev.longhaul.backupstore.inventory.VolumeFolder;
import dev.longhaul.backupstore.mirror.ConfigCopy.Decision;
import dev.longhaul.backupstore.mirror.MirroredBackup.State;
import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectTooLargeException;
import dev.longhaul.backupstore.verify.BackupDraft;
import dev.longhaul.backupstore.verify.BackupReport;
import dev.longhaul.backupstore.verify.BackupSet;
import dev.longhaul.backupstore.verify.BlockIndex;
import dev.longhaul.backupstore.verify.ChecksumRange;
import dev.longhaul.backupstore.verify.Problem;
import dev.longhaul.backupstore.verify.ProblemKind;
import dev.longhaul.backupstore.write.BackupstoreWriter;
import dev.longhaul.backupstore.write.VolumeLock;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * Mirrors one volume: looks first, without a lock, and copies then, if there is anything
 * to copy.
 * <p>
 * While it copies it holds the lock of a backup in the destination, as Longhorn does when
 * it writes there: a deletion would collect the blocks that no manifest names yet. It
 * compares once more under the lock, because a deletion may have ended just before. In
 * the source it takes no lock, which would hold up Longhorn's own deletions for as long
 * as the copying takes: a backup that is deleted meanwhile has vanished, and the blocks
 * of all others stay.
 */
final class VolumeMirror {

	private final Mirror.Parts parts;

	private final Side source;

	private final Side destination;

	private final VolumeName volume;

	private final VolumeFolder folder;

	private final MirrorListener listener;

	private final BackupSet backups;

	private final BlockCopy blocks;

	private final ManifestCopy manifests;

	/** What the destination was last seen to have. */
	private VolumeFolder there;

	private @Nullable ConfigCopy config;

	private @Nullable VolumePlan plan;

	/** Backups that miss a block in the source. */
	private final Set<BackupName> incomplete = new HashSet<>();

	private final Set<BackupName> held = new LinkedHashSet<>();

	private final Set<BackupName> copied = new LinkedHashSet<>();

	private final Map<BackupName, String> deferred = new LinkedHashMap<>();

	private final List<Problem> problems = new ArrayList<>();

	private ConfigOutcome configOutcome = ConfigOutcome.WITHHELD;

	/**
	 * @param folder as the source lists it
	 * @param there as the destination lists it
	 */
	VolumeMirror(Mirror.Parts parts, VolumeFolder folder, VolumeFolder there, MirrorListener listener) {
		this.parts = parts;
		this.source = parts.source();
		this.destination = parts.destination();
		this.volume = folder.volume();
		this.folder = folder;
		this.there = there;
		this.listener = listener;
		this.blocks = new BlockCopy(parts, volume, listener);
		this.backups = new BackupSet(source.store(), source.layout(), new ObjectReader(source.store(), parts.pause()),
				volume, folder.manifests(), parts.settings().indexCapacity());
		this.manifests = new ManifestCopy(source, destination, parts.pause(), volume);
	}

	MirroredVolume plan() throws IOException {
		VolumePlan seen = look();
		configOutcome = seen.config();
		nameMissing(seen);
		return report(Set.copyOf(seen.backups()));
	}

	MirroredVolume run() throws IOException {
		DeletionWatch inSource = new DeletionWatch(source, parts.clock(), parts.pause());
		if (await("source", () -> inSource.isDeleting(volume) ? Optional.empty() : Optional.of(true)).isEmpty()) {
			return skipped("Longhorn is deleting backups of it in the source");
		}
		VolumePlan seen = look();
		if (seen.isDone() && parts.settings().healing() == Healing.TRUST_LISTING) {
			configOutcome = seen.config();
			nameMissing(seen);
			return report(Set.of());
		}
		Optional<VolumeLock> lock = awaitLock();
		if (lock.isEmpty()) {
			return skipped("Longhorn is deleting backups of it in the destination");
		}
		try (VolumeLock held = lock.get()) {
			copy(held);
		}
		return report(Set.of());
	}

	private Optional<VolumeLock> awaitLock() {
		DeletionWatch watch = new DeletionWatch(destination, parts.clock(), parts.pause());
		BackupstoreWriter writer = new BackupstoreWriter(destination.store(), destination.layout(),
				parts.settings().lockPace(), parts.clock(), parts.pause());
		return await("destination", () -> watch.isDeleting(volume) ? Optional.empty() : writer.tryLock(volume));
	}

	/**
	 * @param look answers empty as long as backups of the volume are being deleted there
	 */
	private <T> Optional<T> await(String where, Supplier<Optional<T>> look) {
		String what = "the end of a deletion in the " + where;
		AtomicBoolean told = new AtomicBoolean();
		return parts.settings().deletions().await(parts.clock(), parts.pause(), what, () -> {
			Optional<T> answer = look.get();
			if (answer.isEmpty() && !told.getAndSet(true)) {
				listener.waiting(volume, what);
			}
			return answer;
		});
	}

	private VolumePlan look() throws IOException {
		config = folder.manifests().isEmpty() ? null : readConfig();
		BlockComparison comparison = new BlockComparison(source, destination, volume);
		backups.inSlices((range, index) -> {
			comparison.compare(range, index);
			for (BackupDraft draft : backups.drafts()) {
				BackupManifest manifest = draft.provable();
				if (manifest != null && index.hasProblem(draft.blocks())) {
					incomplete.add(manifest.name());
				}
			}
		});
		backups.checkSizes((config != null) ? config.config() : null);
		List<BackupDraft> toCopy = new ArrayList<>();
		for (BackupDraft draft : healthy()) {
			if (manifests.isHeld(draft, fileThere(draft.file().backup()))) {
				held.add(draft.file().backup());
			}
			else {
				toCopy.add(draft);
			}
		}
		Set<BackupName> then = namesThere();
		toCopy.forEach(draft -> then.add(draft.file().backup()));
		VolumePlan seen = new VolumePlan(volume, comparison.toCopy(), comparison.held(), comparison.missing(),
				toCopy.stream().map(draft -> draft.file().backup()).toList(),
				toCopy.stream().map(draft -> draft.file().file().size()).reduce(Load.NONE, Load::plus, Load::plus),
				decide(then).outcome(), extra(comparison));
		plan = seen;
		return seen;
	}

	/** Null, with a problem that says why, if it has none that can be read. */
	private @Nullable ConfigCopy readConfig() {
		String key = source.layout().volumeConfig(volume);
		try {
			Optional<byte[]> content = new ObjectReader(source.store(), parts.pause()).readFully(key,
					VolumeConfigs.MAX_SIZE);
			if (content.isPresent()) {
				return new ConfigCopy(destination, parts.pause(), volume, content.get());
			}
			problems.add(new Problem(ProblemKind.UNREADABLE_MANIFEST, key,
					"is missing; Longhorn restores no backup of the volume without it"));
		}
		catch (MalformedException | ObjectTooLargeException ex) {
			problems.add(new Problem(ProblemKind.UNREADABLE_MANIFEST, key, String.valueOf(ex.getMessage())));
		}
		return null;
	}

	/** Finished backups of which nothing bad is known, oldest first. */
	private List<BackupDraft> healthy() {
		return backups.drafts()
			.stream()
			.filter(draft -> draft.provable() != null && !draft.hasProblems())
			.filter(draft -> !incomplete.contains(draft.file().backup()))
			.sorted(Comparator.comparing(BackupDraft::finish, BackupReport.OLDEST_FIRST))
			.toList();
	}

	private Decision decide(Set<BackupName> then) {
		ConfigCopy known = config;
		if (known == null) {
			return new Decision(ConfigOutcome.WITHHELD, null);
		}
		List<BackupManifest> both = new ArrayList<>();
		for (BackupDraft draft : backups.drafts()) {
			BackupManifest manifest = draft.provable();
			if (manifest != null && then.contains(manifest.name())) {
				both.add(manifest);
			}
		}
		return known.decide(then, both);
	}

	private @Nullable Extra extra(BlockComparison comparison) {
		if (folder.manifests().isEmpty()) {
			return null;
		}
		return new Extra(there.manifests()
			.stream()
			.map(ManifestFile::backup)
			.filter(backup -> folder.find(backup).isEmpty())
			.toList(), comparison.extra());
	}

	/** Where nothing is copied, nothing else finds out which backups miss a block. */
	private void nameMissing(VolumePlan seen) throws IOException {
		if (seen.blocksMissing() > 0) {
			backups.inSlices((range, index) -> {
				compareAgain(range, index);
				backups.judge(index);
			});
			incomplete.clear();
		}
	}

	private void compareAgain(ChecksumRange range, BlockIndex index) {
		index.forgetOutcomes();
		new BlockComparison(source, destination, volume).compare(range, index);
	}

	private void copy(VolumeLock lock) throws IOException {
		VolumeFolder before = there;
		there = new Inventory(destination.store(), destination.layout()).volume(volume)
			.orElse(new VolumeFolder(volume, null, List.of(), List.of()));
		held.removeIf(backup -> !before.find(backup).equals(there.find(backup)));
		backups.inSlices((range, index) -> {
			compareAgain(range, index);
			blocks.copy(index);
			backups.judge(index);
		});
		copyManifests(lock);
		Set<BackupName> now = namesThere();
		now.addAll(copied);
		Decision decision = decide(now);
		if (decision.content() != null) {
			lock.requireHeld();
			destination.store().put(destination.layout().volumeConfig(volume), decision.content());
		}
		configOutcome = decision.outcome();
	}

	/** Only of backups all of whose blocks are in the destination now. */
	private void copyManifests(VolumeLock lock) {
		incomplete.clear();
		for (BackupDraft draft : healthy()) {
			BackupName backup = draft.file().backup();
			if (draft.hasChanged()) {
				deferred.put(backup, "was written anew in the source while its blocks were copied");
			}
			else if (!held.contains(backup)) {
				lock.requireHeld();
				String reason = manifests.copy(draft);
				if (reason == null) {
					copied.add(backup);
				}
				else {
					deferred.put(backup, reason);
				}
			}
		}
	}

	private Set<BackupName> namesThere() {
		Set<BackupName> names = new HashSet<>();
		there.manifests().forEach(manifest -> names.add(manifest.backup()));
		return names;
	}

	private @Nullable ObjectInfo fileThere(BackupName backup) {
		return there.find(backup).map(ManifestFile::file).orElse(null);
	}

	private MirroredVolume skipped(String reason) {
		return new MirroredVolume(volume, null, reason, plan, List.of(), List.of(), List.of(), Load.NONE, 0,
				ConfigOutcome.WITHHELD, List.of());
	}

	/**
	 * @param planned backups that would be copied
	 */
	private MirroredVolume report(Set<BackupName> planned) {
		List<BackupReport> reports = backups.drafts()
			.stream()
			.map(BackupDraft::finish)
			.sorted(BackupReport.OLDEST_FIRST)
			.toList();
		boolean suspicious = !deferred.isEmpty() || reports.stream().anyMatch(report -> !report.problems().isEmpty());
		Set<BackupName> still = suspicious ? backups.namesStillThere() : Set.of();
		List<MirroredBackup> mirrored = new ArrayList<>();
		List<BackupName> vanished = new ArrayList<>();
		for (BackupReport report : reports) {
			boolean doubtful = !report.problems().isEmpty() || deferred.containsKey(report.name());
			if (doubtful && !still.contains(report.name())) {
				vanished.add(report.name());
			}
			else {
				mirrored.add(MirroredBackup.of(report, state(report, planned)));
			}
		}
		if (suspicious && still.isEmpty()) {
			// The whole volume was deleted meanwhile.
			problems.clear();
		}
		return new MirroredVolume(volume, (config != null) ? config.config().claim() : null, null, plan, mirrored,
				problems, vanished, blocks.copied(), blocks.healed(), configOutcome, notes(mirrored));
	}

	private State state(BackupReport report, Set<BackupName> planned) {
		BackupName name = report.name();
		return switch (report.state()) {
			case UNREADABLE -> State.UNREADABLE;
			case IN_PROGRESS -> State.IN_PROGRESS;
			case DAMAGED -> State.DAMAGED;
			case PROVEN -> {
				if (planned.contains(name)) {
					yield State.PLANNED;
				}
				yield copied.contains(name) ? State.COPIED : held.contains(name) ? State.HELD : State.DEFERRED;
			}
		};
	}

	private List<String> notes(List<MirroredBackup> mirrored) {
		List<String> notes = new ArrayList<>();
		mirrored.stream()
			.filter(backup -> deferred.containsKey(backup.name()))
			.forEach(backup -> notes.add("%s %s".formatted(backup.name(), deferred.get(backup.name()))));
		if (config != null && !config.config().backingImage().isEmpty()) {
			notes.add("it lies on the backing image '%s', which is not copied; Longhorn restores it where that is too"
				.formatted(config.config().backingImage()));
		}
		return notes;
	}

}
