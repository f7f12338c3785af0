package dev.longhaul.backupstore.inventory;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.BackupManifestParser;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.backup.BackupWitness;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;

/**
 * Looks at a backup where it lies. One look costs a list of the volume's locks and a read
 * of the manifest's first kilobytes.
 */
public final class BackupstoreWitness implements BackupWitness {

	private final ObjectStore store;

	private final ObjectReader reader;

	private final BackupstoreLayout layout;

	private final Clock clock;

	public BackupstoreWitness(ObjectStore store, BackupstoreLayout layout, Clock clock, Pause pause) {
		this.store = store;
		this.reader = new ObjectReader(store, pause);
		this.layout = layout;
		this.clock = clock;
	}

	@Override
	public Testimony observe(VolumeName volume, BackupName backup) {
		List<Instant> signs = new ArrayList<>();
		Listing locks = new Listing(store, layout.locksPrefix(volume));
		locks.forEachRemaining(lock -> signs.add(lock.lastModified()));
		Manifest manifest = reader.read(layout.manifest(volume, backup), object -> {
			signs.add(object.info().lastModified());
			try {
				BackupManifest header = BackupManifestParser.parseHeader(object.content(), volume, backup);
				return header.isFinished() ? Manifest.FINISHED : Manifest.PLACEHOLDER;
			}
			catch (MalformedException ex) {
				return Manifest.UNREADABLE;
			}
		}).orElse(Manifest.ABSENT);
		return new Testimony(manifest, signs.stream().max(Comparator.naturalOrder()).orElse(null), clock.instant());
	}

}
