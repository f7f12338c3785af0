package dev.longhaul.backupstore.retention;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.BackupManifestParser;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.Lock;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.format.StoreKey;
import dev.longhaul.backupstore.inventory.Inventory;
import dev.longhaul.backupstore.inventory.VolumeFolder;
import dev.longhaul.backupstore.inventory.VolumeFolder.ManifestFile;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.removal.RemovalWitness;
import dev.longhaul.core.retention.Use;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;

/**
 * Looks into the bucket on behalf of whoever removes backups. Writes nothing.
 * <p>
 * Who reads a backup is known by Longhorn's locks: whoever makes or restores one holds a
 * lock on the volume and rewrites it every 60 s. It does not say which backup it is for,
 * and does not tell the two apart.
 */
public final class BackupstoreRemovalWitness implements RemovalWitness {

	private final ObjectStore store;

	private final ObjectReader reader;

	private final BackupstoreLayout layout;

	private final Clock clock;

	public BackupstoreRemovalWitness(ObjectStore store, BackupstoreLayout layout, Clock clock, Pause pause) {
		this.store = store;
		this.reader = new ObjectReader(store, pause);
		this.layout = layout;
		this.clock = clock;
	}

	/** Costs a list, and a get for each lock that is alive. */
	@Override
	public List<Use> usesOf(VolumeName volume) {
		List<Use> uses = new ArrayList<>();
		Listing locks = new Listing(store, layout.locksPrefix(volume));
		while (locks.hasNext()) {
			ObjectInfo file = locks.next();
			boolean isLock = layout.parse(file.key()).filter(StoreKey.LockKey.class::isInstance).isPresent();
			if (isLock && Lock.isLive(file.lastModified(), clock.instant()) && !isOfDeletion(file)) {
				uses.add(new Use(Use.Activity.READ,
						"the holder of a lock on volume '%s' (%s), who restores or makes a backup".formatted(volume,
								file.key().substring(layout.locksPrefix(volume).length()))));
			}
		}
		return uses;
	}

	/** One that cannot be read may be anybody's. */
	private boolean isOfDeletion(ObjectInfo file) {
		return reader.read(file.key(), object -> {
			try {
				return Lock.parse(object.content(), file.lastModified()).type() == Lock.Type.DELETION;
			}
			catch (MalformedException ex) {
				return false;
			}
		}).orElse(true);
	}

	/** Costs a find. */
	@Override
	public boolean holds(VolumeName volume, BackupName backup) {
		return store.find(layout.manifest(volume, backup)).isPresent();
	}

	/**
	 * Longhorn deletes no block while a manifest of the volume cannot be read or is not
	 * finished. Costs a few lists and the first kilobytes of each manifest.
	 */
	@Override
	public Optional<String> whyBlocksStay(VolumeName volume) {
		Optional<VolumeFolder> folder = new Inventory(store, layout).volume(volume);
		return folder.stream()
			.flatMap(found -> found.manifests().stream())
			.filter(manifest -> !isFinished(volume, manifest))
			.findFirst()
			.map(manifest -> "backup '%s' is not finished or cannot be read, and while it is there Longhorn deletes no blocks"
				.formatted(manifest.backup()));
	}

	private boolean isFinished(VolumeName volume, ManifestFile manifest) {
		return reader.read(manifest.file().key(), object -> isFinished(volume, manifest.backup(), object.content()))
			.orElse(true);
	}

	private static boolean isFinished(VolumeName volume, BackupName backup, InputStream content) throws IOException {
		try {
			BackupManifest header = BackupManifestParser.parseHeader(content, volume, backup);
			return header.isFinished();
		}
		catch (MalformedException ex) {
			return false;
		}
	}

}
