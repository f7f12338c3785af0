package dev.longhaul.cli.render;

import java.io.OutputStream;
import java.util.List;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.backupstore.inventory.CataloguedBackup;
import dev.longhaul.backupstore.inventory.CataloguedVolume;

/**
 * What a target holds, for machines, as {@code docs/schema/ls.schema.json} describes it.
 */
public final class CatalogueJson {

	private final String target;

	public CatalogueJson(String target) {
		this.target = target;
	}

	public void write(List<CataloguedVolume> volumes, OutputStream out) {
		JsonDocument.write(out, json -> {
			json.text("target", target);
			json.objects("volumes", volumes, volume -> writeVolume(json, volume));
		});
	}

	private static void writeVolume(JsonDocument json, CataloguedVolume volume) {
		json.text("name", volume.name().value());
		VolumeConfig config = volume.config();
		if (config == null) {
			json.text("fault", volume.fault());
		}
		else {
			if (config.claim() != null) {
				json.text("claim", config.claim().toString());
			}
			json.number("sizeBytes", config.size().bytes());
		}
		json.objects("backups", volume.backups(), backup -> writeBackup(json, backup));
	}

	private static void writeBackup(JsonDocument json, CataloguedBackup backup) {
		json.text("name", backup.name().value());
		json.text("state", backup.state().word());
		BackupManifest header = backup.header();
		if (header == null) {
			json.text("fault", backup.fault());
			return;
		}
		json.instant("createdAt", header.createdAt());
		json.number("sizeBytes", header.size().bytes());
		json.truth("incremental", header.incremental());
		json.number("uploadedBytes", header.uploaded().bytes());
		json.text("compression", header.compression().word());
	}

}
