package dev.longhaul.backupstore.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.BackupManifestParser;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.backupstore.inventory.VolumeFolder.ManifestFile;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.thread.Workers;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * Describes what a target holds: one small read per volume and per backup, a bounded
 * number of them at once.
 */
public final class Catalogue {

	/** Reads that wait for a distant bucket more than they work. */
	private static final int READS_AT_ONCE = 16;

	private static final Comparator<CataloguedBackup> OLDEST_FIRST = Comparator
		.comparing(Catalogue::createdAt, Comparator.nullsLast(Comparator.naturalOrder()))
		.thenComparing(CataloguedBackup::name);

	private final Inventory inventory;

	private final BackupstoreLayout layout;

	private final ObjectReader reader;

	private final VolumeConfigs configs;

	public Catalogue(ObjectStore store, BackupstoreLayout layout, Pause pause) {
		this.inventory = new Inventory(store, layout);
		this.layout = layout;
		this.reader = new ObjectReader(store, pause);
		this.configs = new VolumeConfigs(reader, layout);
	}

	/**
	 * Reads the heads of all manifests.
	 * @return the volumes by name
	 * @throws dev.longhaul.core.failure.LonghaulException if the target cannot be read or
	 * is no backupstore
	 */
	public List<CataloguedVolume> read() {
		List<VolumeFolder> folders = inventory.volumes();
		ExecutorService readers = Executors.newFixedThreadPool(READS_AT_ONCE, Workers.named("manifest-reader"));
		try {
			List<Draft> drafts = folders.stream().map(folder -> submit(folder, readers)).toList();
			List<CataloguedVolume> volumes = new ArrayList<>();
			for (Draft draft : drafts) {
				volumes.add(draft.finish());
			}
			return volumes;
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "listing backups");
		}
		finally {
			readers.shutdownNow();
		}
	}

	private Draft submit(VolumeFolder folder, ExecutorService readers) {
		List<Future<Optional<CataloguedBackup>>> backups = new ArrayList<>();
		for (ManifestFile manifest : folder.manifests()) {
			backups.add(readers.submit(() -> readHeader(folder.volume(), manifest)));
		}
		Callable<Config> config = () -> readConfig(folder.volume());
		return new Draft(folder.volume(), readers.submit(config), backups);
	}

	/** Empty if the backup was deleted after it was listed. */
	private Optional<CataloguedBackup> readHeader(VolumeName volume, ManifestFile manifest) {
		return reader.read(manifest.file().key(), object -> {
			try {
				BackupManifest header = BackupManifestParser.parseHeader(object.content(), volume, manifest.backup());
				return new CataloguedBackup(manifest.backup(), header, "");
			}
			catch (MalformedException ex) {
				return new CataloguedBackup(manifest.backup(), null, String.valueOf(ex.getMessage()));
			}
		});
	}

	private Config readConfig(VolumeName volume) {
		try {
			return configs.read(volume)
				.map(config -> new Config(config, ""))
				.orElseGet(() -> new Config(null, layout.volumeConfig(volume) + " is missing"));
		}
		catch (MalformedException ex) {
			return new Config(null, layout.volumeConfig(volume) + " cannot be read: " + ex.getMessage());
		}
	}

	private static @Nullable Instant createdAt(CataloguedBackup backup) {
		return (backup.header() != null) ? backup.header().createdAt() : null;
	}

	private record Config(@Nullable VolumeConfig config, String fault) {
	}

	/** A volume while its files are being read. */
	private record Draft(VolumeName volume, Future<Config> config, List<Future<Optional<CataloguedBackup>>> backups) {

		CataloguedVolume finish() throws InterruptedException {
			List<CataloguedBackup> read = new ArrayList<>();
			for (Future<Optional<CataloguedBackup>> backup : backups) {
				await(backup).ifPresent(read::add);
			}
			read.sort(OLDEST_FIRST);
			Config known = await(config);
			return new CataloguedVolume(volume, known.config(), known.fault(), read);
		}

		private static <T> T await(Future<T> future) throws InterruptedException {
			try {
				return future.get();
			}
			catch (ExecutionException ex) {
				if (ex.getCause() instanceof RuntimeException unchecked) {
					throw unchecked;
				}
				throw new IllegalStateException("reading a manifest ended in an unforeseen way", ex.getCause());
			}
		}

	}

}
