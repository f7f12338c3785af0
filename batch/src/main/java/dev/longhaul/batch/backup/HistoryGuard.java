package dev.longhaul.batch.backup;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.longhaul.batch.backup.VolumeChecks.ClaimedVolume;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.guard.Guard;
import dev.longhaul.core.guard.Objection;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.volume.FileSystem;
import dev.longhaul.core.volume.Original;
import dev.longhaul.core.volume.SeenFileSystem;
import org.jspecify.annotations.Nullable;

/**
 * Keeps volumes that are not those of their history out of tonight's restore points. What
 * only a backup shows is looked at when it is made, and that is early enough: it replaces
 * no other, and as long as no restore point names it, none that is worth keeping is
 * removed for it.
 */
final class HistoryGuard {

	private final Guard guard;

	private final History history;

	private final TargetBackups target;

	private final Perseverance perseverance;

	private final NightListener listener;

	HistoryGuard(Guard guard, History history, TargetBackups target, Perseverance perseverance,
			NightListener listener) {
		this.guard = guard;
		this.history = history;
		this.target = target;
		this.perseverance = perseverance;
		this.listener = listener;
	}

	/**
	 * @throws RefusedRequest if one is smaller than it was
	 */
	void requireSame(Night night, ApplicationName application, List<ClaimedVolume> volumes) {
		requireNone(volumes.stream().flatMap(volume -> smaller(night, application, volume).stream()).toList());
	}

	private Optional<Objection> smaller(Night night, ApplicationName application, ClaimedVolume volume) {
		return history.last(night, application, volume.claim())
			.flatMap(last -> guard.beforeBackup(volume.claim(), volume.volume().size(), last));
	}

	/** Looks at the backup of a volume. */
	Examined examine(Night night, ApplicationName application, VolumeBackup made, TargetBackups.Stored stored) {
		VolumeBackup last = history.last(night, application, made.claim()).orElse(null);
		FileSystem found = fileSystem(made, stored);
		Original original = made.original();
		SeenFileSystem remembered = guard.remembered(made.claim(), found, made.snapshotAt(), last);
		return new Examined((original != null) ? made.with(original.with(remembered)) : made,
				(last != null) ? guard.afterBackup(made, found, last) : List.of());
	}

	/** A damaged block is a matter for the read back; here it only says nothing. */
	private @Nullable FileSystem fileSystem(VolumeBackup made, TargetBackups.Stored stored) {
		try {
			return perseverance.ask("reading the first block of " + made.backup(), () -> target.beginning(stored))
				.flatMap(FileSystem::of)
				.orElse(null);
		}
		catch (DamagedData ex) {
			listener.on(new NightEvent.Warned(ex.fact()));
			return null;
		}
	}

	/**
	 * @throws RefusedRequest if anything stands against a volume
	 */
	static void requireNone(List<Objection> objections) {
		if (objections.isEmpty()) {
			return;
		}
		String facts = objections.stream().map(Objection::fact).collect(Collectors.joining("; "));
		String options = objections.stream().map(HistoryGuard::option).distinct().collect(Collectors.joining(" "));
		throw new RefusedRequest(FailureCode.VOLUME_CHANGED, facts,
				"older restore points stay; if it is meant to be so, start this night again with " + options);
	}

	private static String option(Objection objection) {
		return switch (objection.kind()) {
			case RECREATED -> "--accept-recreated " + objection.claim();
			case SHRUNK -> "--accept-shrunk " + objection.claim();
		};
	}

	/**
	 * @param backup with the file system that is remembered of it
	 * @param objections none if it may be part of a restore point
	 */
	record Examined(VolumeBackup backup, List<Objection> objections) {

		Examined {
			objections = List.copyOf(objections);
		}

	}

}
