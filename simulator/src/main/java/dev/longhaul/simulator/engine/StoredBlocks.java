package dev.longhaul.simulator.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.longhaul.backupstore.format.BackupManifestParser;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.simulator.fault.Fault.Damage;

/**
 * Damages what is stored, as failing disks and careless hands do.
 */
public final class StoredBlocks {

	private StoredBlocks() {
	}

	/**
	 * Damages one block of a finished backup, and so of every backup that uses it.
	 * @param block its number in the order of the volume
	 * @return the block's checksum
	 * @throws IllegalArgumentException if there is no such backup or it has fewer blocks
	 */
	public static Checksum damage(Target target, VolumeName volume, BackupName backup, int block, Damage damage) {
		Checksum checksum = checksums(target, volume, backup).get(block);
		String key = target.layout().block(volume, checksum);
		byte[] stored = read(target, key);
		switch (damage) {
			case MISSING -> target.store().delete(List.of(key));
			case TRUNCATED -> target.store().put(key, Arrays.copyOf(stored, stored.length / 2));
			case CORRUPT -> {
				stored[stored.length / 2] ^= 0x55;
				target.store().put(key, stored);
			}
		}
		return checksum;
	}

	private static List<Checksum> checksums(Target target, VolumeName volume, BackupName backup) {
		List<Checksum> checksums = new ArrayList<>();
		try (StoredObject manifest = open(target, target.layout().manifest(volume, backup))) {
			BackupManifestParser.parse(manifest.content(), volume, backup,
					(offset, checksum) -> checksums.add(checksum));
			return checksums;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (MalformedException ex) {
			throw new IllegalArgumentException("the manifest of backup '%s' is damaged already".formatted(backup), ex);
		}
	}

	private static byte[] read(Target target, String key) {
		try (StoredObject object = open(target, key)) {
			return object.content().readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static StoredObject open(Target target, String key) {
		return target.store()
			.open(key)
			.orElseThrow(() -> new IllegalArgumentException("there is no '%s' in %s".formatted(key, target)));
	}

}
