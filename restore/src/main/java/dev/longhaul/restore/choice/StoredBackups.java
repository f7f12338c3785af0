package dev.longhaul.restore.choice;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.backupstore.inventory.CataloguedBackup;
import dev.longhaul.backupstore.inventory.CataloguedVolume;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.volume.AccessMode;
import dev.longhaul.core.volume.ClaimObjects;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.ObjectCopy;
import dev.longhaul.core.volume.Original;
import dev.longhaul.restore.choice.Restorability.Lost;
import dev.longhaul.restore.choice.Restorability.Restorable;
import org.jspecify.annotations.Nullable;

/**
 * What the backups of a bucket would become again, out of what Longhorn recorded of them
 * and, where there is that, what a night did.
 */
final class StoredBackups {

	private final BucketContents contents;

	StoredBackups(BucketContents contents) {
		this.contents = contents;
	}

	/** One that a night recorded. */
	Restorability find(VolumeBackup recorded) {
		CataloguedVolume volume = contents.volumes().get(recorded.volume());
		Optional<CataloguedBackup> backup = contents.find(recorded.volume(), recorded.backup());
		if (volume == null || backup.isEmpty()) {
			return new Lost("backup '%s' of volume '%s' is not in the bucket any more".formatted(recorded.backup(),
					recorded.volume()));
		}
		return read(volume, backup.get(), header -> recorded.snapshotAt(),
				(config, header) -> claim(recorded, config, header), recorded.original());
	}

	/** The newest that can be restored of a volume that no night recorded. */
	Restorability newest(CataloguedVolume volume, Wanted wanted) {
		List<CataloguedBackup> newestFirst = volume.backups()
			.stream()
			.filter(backup -> backup.header() != null && backup.header().isFinished())
			.filter(backup -> wanted.reaches(begunAt(backup.header())))
			.sorted(Comparator.comparing((CataloguedBackup backup) -> begunAt(backup.header())).reversed())
			.toList();
		Restorability newest = new Lost("it has no finished backup" + ((wanted.asOf() != null) ? " by then" : ""));
		for (CataloguedBackup backup : newestFirst) {
			newest = read(volume, backup, StoredBackups::begunAt, StoredBackups::claim, null);
			if (newest instanceof Restorable) {
				return newest;
			}
		}
		return newest;
	}

	private Restorability read(CataloguedVolume volume, CataloguedBackup backup, TimeOf timeOf, ClaimOf claimOf,
			@Nullable Original original) {
		VolumeConfig config = volume.config();
		BackupManifest header = backup.header();
		if (config == null) {
			return new Lost(volume.fault());
		}
		if (header == null) {
			return new Lost("backup '%s' cannot be read: %s".formatted(backup.name(), backup.fault()));
		}
		if (!header.isFinished()) {
			return new Lost("backup '%s' was never finished".formatted(backup.name()));
		}
		if (!header.singleFile().isEmpty()) {
			return new Lost("backup '%s' is in Longhorn's first format".formatted(backup.name()));
		}
		if (!config.backingImage().isEmpty()) {
			return new Lost(
					"it lies on backing image '%s', which its backups do not hold".formatted(config.backingImage()));
		}
		if (header.size().compareTo(config.size()) > 0) {
			return new Lost("backup '%s' holds %s, and its volume is to have %s".formatted(backup.name(), header.size(),
					config.size()));
		}
		return new Restorable(new RestorableVolume(volume.name(), backup.name(), timeOf.time(header), config.size(),
				(original != null) ? original.size() : null, header.size(),
				header.size().bytes() / header.blockSize().bytes(), (original != null) ? original.replicas() : 0,
				config.dataEngine(), header.isEncrypted(), claimOf.claim(config, header)));
	}

	/** In doubt the end of the upload, which is later. */
	private static Instant begunAt(@Nullable BackupManifest header) {
		if (header == null || header.createdAt() == null) {
			throw new IllegalArgumentException("a backup that was never finished is of no time");
		}
		return (header.snapshotCreatedAt() != null) ? header.snapshotCreatedAt() : header.createdAt();
	}

	private static @Nullable FormerClaim claim(VolumeConfig config, BackupManifest header) {
		ClaimRef ref = (header.claim() != null) ? header.claim() : config.claim();
		return (ref != null) ? new FormerClaim(ref, config.storageClass(), accessModes(header), null) : null;
	}

	/** What a night recorded counts more than what Longhorn did. */
	private static FormerClaim claim(VolumeBackup recorded, VolumeConfig config, BackupManifest header) {
		Original original = recorded.original();
		ClaimObjects objects = (original != null) ? original.objects() : null;
		if (objects == null || !(objects.claim() instanceof ObjectCopy.Kept kept)) {
			return new FormerClaim(recorded.claim(), config.storageClass(), accessModes(header), objects);
		}
		JsonObject claim = kept.object();
		return new FormerClaim(recorded.claim(), claim.text("spec", "storageClassName").orElse(""),
				claim.texts("spec", "accessModes"), objects);
	}

	private static List<String> accessModes(BackupManifest header) {
		return header.accessMode().map(AccessMode::kubernetes).stream().toList();
	}

	@FunctionalInterface
	private interface TimeOf {

		Instant time(BackupManifest header);

	}

	@FunctionalInterface
	private interface ClaimOf {

		@Nullable FormerClaim claim(VolumeConfig config, BackupManifest header);

	}

}
