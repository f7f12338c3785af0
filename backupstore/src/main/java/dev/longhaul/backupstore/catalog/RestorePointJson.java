package dev.longhaul.backupstore.catalog;

import java.nio.charset.StandardCharsets;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.document.JsonFields;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.QuietWindow;
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
			return readFields(fields, DocumentKind.RESTORE_POINT.require(fields));
		});
	}

	static void writeFields(JsonGenerator json, RestorePoint point) {
		json.writeStringProperty("application", point.application().value());
		if (point.declared() != null) {
			JsonDocument.writeProperty(json, "declared", point.declared());
		}
		else {
			json.writeNullProperty("declared");
		}
		JsonDocument.writeProperty(json, "quiet", (point.quiet() != null) ? point.quiet().toString() : null);
		json.writeArrayPropertyStart("backups");
		point.backups().forEach(backup -> {
			json.writeStartObject();
			json.writeStringProperty("claim", backup.claim().toString());
			json.writeStringProperty("volume", backup.volume().value());
			json.writeStringProperty("snapshot", backup.snapshot().value());
			json.writeStringProperty("snapshotAt", backup.snapshotAt().toString());
			json.writeStringProperty("backup", backup.backup().value());
			json.writeNumberProperty("size", backup.size().bytes());
			OriginalJson.write(json, backup.original());
			json.writeEndObject();
		});
		json.writeEndArray();
	}

	/**
	 * @param version of the document they stand in
	 */
	static RestorePoint readFields(JsonFields fields, int version) throws MalformedException {
		ApplicationName application = fields.parsed("application", ApplicationName::new);
		if (version == 1) {
			return new RestorePoint(application, fields.list("backups", RestorePointJson::readFirstBackup));
		}
		return new RestorePoint(application, fields.jsonObjectOrNull("declared"),
				fields.parsedOrNull("quiet", QuietWindow::parse), fields.list("backups", RestorePointJson::readBackup));
	}

	private static VolumeBackup readBackup(JsonFields fields) throws MalformedException {
		VolumeBackup backup = readFirstBackup(fields);
		return new VolumeBackup(backup.claim(), backup.volume(), backup.snapshot(), backup.snapshotAt(),
				backup.backup(), backup.size(), fields.objectOrNull("original", OriginalJson::read));
	}

	/** As in version 1. */
	private static VolumeBackup readFirstBackup(JsonFields fields) throws MalformedException {
		return new VolumeBackup(fields.parsed("claim", ClaimRef::parse), fields.parsed("volume", VolumeName::new),
				fields.parsed("snapshot", SnapshotName::new), fields.instant("snapshotAt"),
				fields.parsed("backup", BackupName::new), new ByteSize(fields.number("size")));
	}

}
