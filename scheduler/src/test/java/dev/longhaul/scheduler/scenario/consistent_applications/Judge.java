package dev.longhaul.scheduler.scenario.consistent_applications;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.export.Export;
import dev.longhaul.backupstore.export.ExportListener;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.simulator.ext4.Ext4Image;
import org.springframework.util.FileSystemUtils;

/**
 * Restores restore points from the bucket alone, and has their applications look at them.
 */
final class Judge {

	private final ObjectStore store;

	private final BackupstoreLayout layout;

	Judge(ObjectStore store, BackupstoreLayout layout) {
		this.store = store;
		this.layout = layout;
	}

	/** What does not belong together in a restore point; nothing is left behind. */
	List<Disagreement> judge(JudgedApplication application, RestorePoint point) throws IOException {
		Path directory = directory();
		try {
			return judge(application, restore(point, directory), directory);
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	/** A database that cannot even be started or asked is damaged. */
	static List<Disagreement> judge(JudgedApplication application, Map<ClaimRef, Path> volumes, Path directory) {
		try {
			return application.judge(volumes, directory);
		}
		catch (IOException ex) {
			return List.of(new Disagreement(Disagreement.Kind.DATABASE_DAMAGED, String.valueOf(ex.getMessage())));
		}
	}

	/** Others than its owner may enter: PostgreSQL never runs as root. */
	static Path directory() throws IOException {
		Path directory = Files.createTempDirectory("judge");
		return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
	}

	/** The files of each volume. */
	Map<ClaimRef, Path> restore(RestorePoint point, Path directory) throws IOException {
		Export export = new Export(store, layout, Pause.real(), new Concurrency(4));
		Map<ClaimRef, Path> volumes = new HashMap<>();
		for (VolumeBackup backup : point.backups()) {
			Path image = directory.resolve(backup.volume() + ".img");
			Path files = Files.createDirectory(directory.resolve(backup.volume().value()));
			export.export(backup.volume(), backup.backup(), image, ExportListener.NONE);
			Ext4Image.extract(image, files, Clock.systemUTC());
			Files.delete(image);
			volumes.put(backup.claim(), files);
		}
		return volumes;
	}

}
