package dev.longhaul.backupstore.hidden;

import java.util.List;
import java.util.Optional;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.format.StoreKey;
import dev.longhaul.backupstore.inventory.VolumeConfigs;
import dev.longhaul.backupstore.inventory.VolumeFolder;
import dev.longhaul.backupstore.verify.BackupDraft;
import dev.longhaul.backupstore.verify.BlockIndex;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.digest.Sha256;

/**
 * What the versions in one volume's folder are good for, by what its present backups
 * need.
 */
final class VolumeRules {

	private final BackupstoreLayout layout;

	private final VolumeConfigs configs;

	private final VolumeFolder folder;

	private final List<BackupDraft> drafts;

	/** Whether it is known what every present backup needs. */
	private final boolean isReadable;

	/**
	 * @param drafts of all backups in the folder, read
	 */
	VolumeRules(BackupstoreLayout layout, VolumeConfigs configs, VolumeFolder folder, List<BackupDraft> drafts) {
		this.layout = layout;
		this.configs = configs;
		this.folder = folder;
		this.drafts = drafts;
		this.isReadable = drafts.stream().noneMatch(BackupDraft::hasProblems);
	}

	VersionRule ofBlocks(BlockIndex named) {
		return (hidden, newest) -> {
			if (!newest.isMark()) {
				boolean same = newest.eTag().equals(hidden.eTag()) && newest.size() == hidden.size();
				return same ? HiddenReason.COPY : HiddenReason.OTHER_BYTES;
			}
			if (number(hidden.key(), named) != BlockIndex.ABSENT) {
				return HiddenReason.NEEDED;
			}
			return isReadable ? HiddenReason.UNUSED_BLOCK : HiddenReason.UNREADABLE;
		};
	}

	/** The backups that name a block. */
	List<BackupName> namedBy(String key, BlockIndex named) {
		int number = number(key, named);
		return drafts.stream()
			.filter(draft -> number != BlockIndex.ABSENT && draft.blocks().get(number))
			.map(draft -> draft.file().backup())
			.toList();
	}

	private int number(String key, BlockIndex named) {
		Optional<StoreKey> parsed = layout.parse(key);
		return (parsed.isPresent() && parsed.get() instanceof StoreKey.BlockKey block) ? named.find(block.checksum())
				: BlockIndex.ABSENT;
	}

	VersionRule ofManifests() {
		return (hidden, newest) -> {
			if (newest.isMark()) {
				return HiddenReason.DELETED_BACKUP;
			}
			return isReadable ? HiddenReason.REPLACED : HiddenReason.UNREADABLE;
		};
	}

	VersionRule ofConfig() {
		HiddenReason ofPresent = isConfigReadable() ? HiddenReason.REPLACED : HiddenReason.UNREADABLE;
		HiddenReason ofAbsent = folder.manifests().isEmpty() ? HiddenReason.DELETED_VOLUME : HiddenReason.NEEDED;
		return (hidden, newest) -> newest.isMark() ? ofAbsent : ofPresent;
	}

	VersionRule ofLocks() {
		return (hidden, newest) -> HiddenReason.LOCK;
	}

	private boolean isConfigReadable() {
		try {
			return configs.read(folder.volume()).isPresent();
		}
		catch (MalformedException ex) {
			return false;
		}
	}

	/** The backups of the volume that need its volume.cfg: all of them. */
	List<BackupName> all() {
		return drafts.stream().map(draft -> draft.file().backup()).toList();
	}

	/** What the backups were seen to be. */
	static String hash(List<BackupDraft> drafts) {
		Sha256 hash = new Sha256();
		drafts.forEach(draft -> hash.addLine(draft.file().backup() + " " + draft.digest()));
		return hash.finish();
	}

}
