package dev.longhaul.backupstore.catalog;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.document.JsonFields;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunBefore;
import dev.longhaul.core.run.RunManifest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The manifest of a night as JSON.
 */
public final class RunManifestJson {

	private RunManifestJson() {
	}

	public static byte[] write(RunManifest manifest) {
		return JsonDocument.write(json -> {
			DocumentKind.RUN_MANIFEST.write(json);
			writeNight(json, manifest.night());
			writeBefore(json, manifest.before());
			json.writeStringProperty("targetUrl", manifest.targetUrl());
			json.writeStringProperty("longhornVersion", manifest.longhornVersion());
			JsonDocument.writeProperty(json, "kubernetesVersion", manifest.kubernetesVersion());
			JsonDocument.writeProperty(json, "revision", manifest.revision());
			json.writeStringProperty("writtenAt", manifest.writtenAt().toString());
			json.writeArrayPropertyStart("restorePoints");
			manifest.restorePoints().forEach(point -> {
				json.writeStartObject();
				RestorePointJson.writeFields(json, point);
				json.writeEndObject();
			});
			json.writeEndArray();
			writeFailed(json, manifest.failed());
		});
	}

	/**
	 * @throws MalformedException if the bytes are not what {@link #write} makes
	 */
	public static RunManifest read(byte[] bytes) throws MalformedException {
		return JsonDocument.read(bytes).all(fields -> {
			int version = DocumentKind.RUN_MANIFEST.require(fields);
			return new RunManifest(readNight(fields), fields.objectOrNull("before", RunManifestJson::readBefore),
					fields.string("targetUrl"), fields.string("longhornVersion"),
					(version > 1) ? fields.stringOrNull("kubernetesVersion") : null, fields.stringOrNull("revision"),
					fields.instant("writtenAt"),
					fields.list("restorePoints", point -> RestorePointJson.readFields(point, version)),
					readFailed(fields));
		});
	}

	static void writeNight(JsonGenerator json, Night night) {
		json.writeStringProperty("job", night.job().value());
		json.writeStringProperty("scheduledFor", night.scheduledFor().toString());
	}

	static Night readNight(JsonFields fields) throws MalformedException {
		return new Night(fields.parsed("job", JobName::new), fields.instant("scheduledFor"));
	}

	private static void writeBefore(JsonGenerator json, @Nullable RunBefore before) {
		if (before == null) {
			json.writeNullProperty("before");
			return;
		}
		json.writeObjectPropertyStart("before");
		json.writeStringProperty("scheduledFor", before.scheduledFor().toString());
		json.writeStringProperty("manifestSha256", before.hash());
		json.writeEndObject();
	}

	private static RunBefore readBefore(JsonFields fields) throws MalformedException {
		return new RunBefore(fields.instant("scheduledFor"), fields.string("manifestSha256"));
	}

	private static void writeFailed(JsonGenerator json, Map<ApplicationName, String> failed) {
		json.writeArrayPropertyStart("failed");
		new TreeMap<>(failed).forEach((application, reason) -> {
			json.writeStartObject();
			json.writeStringProperty("application", application.value());
			json.writeStringProperty("reason", reason);
			json.writeEndObject();
		});
		json.writeEndArray();
	}

	private static Map<ApplicationName, String> readFailed(JsonFields fields) throws MalformedException {
		List<Map.Entry<ApplicationName, String>> entries = fields.list("failed",
				entry -> Map.entry(entry.parsed("application", ApplicationName::new), entry.string("reason")));
		Map<ApplicationName, String> failed = new TreeMap<>();
		for (Map.Entry<ApplicationName, String> entry : entries) {
			if (failed.put(entry.getKey(), entry.getValue()) != null) {
				throw new MalformedException("failed names application '%s' twice".formatted(entry.getKey()));
			}
		}
		return failed;
	}

}
