package dev.longhaul.backupstore.catalog;

import java.nio.charset.StandardCharsets;

import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import tools.jackson.core.JsonGenerator;

/**
 * A restore point as JSON.
 */
public final class RestorePointJson {

	private RestorePointJson() {
	}

	public static String write(RestorePoint point) {
		return JsonDocument.asString(JsonDocument.write(json -> {
			DocumentKind.RESTORE_POINT.write(json);
			writeFields(json, point);
		}));
	}

	/**
	 * @throws MalformedException if the text is not what {@link #write} makes
	 */
	public static RestorePoint read(String text) throws MalformedException {
		return JsonDocument.read(text.getBytes(StandardCharsets.UTF_8)).all(fields -> {
			DocumentKind.RESTORE_POINT.require(fields);
			return readFields(fields);
		});
	}

	static void writeFields(JsonGenerator json, RestorePoint point) {
		json.writeStringProperty("application", point.application().value());
		json.writeArrayPropertyStart("backups");
		point.backups().forEach(backup -> {
			json.writeStartObject();
			json.writeStringProperty("claim", backup.claim().toString());
			json.writeStringProperty("volume", backup.volume().value());
			json.writeStringProperty("snapshot", backup.snapshot().value());
			json.writeStringProperty("snapshotAt", backup.snapshotAt().toString());
			json.writeStringProperty("backup", backup.backup().value());
			json.writeNumberProperty("size", backup.size().bytes());
			json.writeEndObject();
		});
		json.writeEndArray();
	}

	static RestorePoint readFields(JsonFields fields) throws MalformedException {
		ApplicationName application = fields.parsed("application", ApplicationName::new);
		return new RestorePoint(application, fields.list("backups", RestorePointJson::readBackup));
	}

	private static VolumeBackup readBackup(JsonFields fields) throws MalformedException {
		return new VolumeBackup(fields.parsed("claim", ClaimRef::parse), fields.parsed("volume", VolumeName::new),
				fields.parsed("snapshot", SnapshotName::new), fields.instant("snapshotAt"),
				fields.parsed("backup", BackupName::new), new ByteSize(fields.number("size")));
	}

}
