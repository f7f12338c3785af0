package dev.longhaul.backupstore.catalog;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.document.JsonFields;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.Fingerprint;
import dev.longhaul.core.export.InForce;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.RunExports.ApplicationExports;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.volume.ByteSize;
import tools.jackson.core.JsonGenerator;

/**
 * What a night exported as JSON.
 */
public final class RunExportsJson {

	private RunExportsJson() {
	}

	public static byte[] write(RunExports exports) {
		return JsonDocument.write(json -> {
			DocumentKind.RUN_EXPORTS.write(json);
			RunManifestJson.writeNight(json, exports.night());
			json.writeStringProperty("manifestSha256", exports.manifestHash());
			json.writeStringProperty("writtenAt", exports.writtenAt().toString());
			json.writeArrayPropertyStart("applications");
			exports.applications().forEach(application -> writeApplication(json, application));
			json.writeEndArray();
		});
	}

	/**
	 * @throws MalformedException if the bytes are not what {@link #write} makes
	 */
	public static RunExports read(byte[] bytes) throws MalformedException {
		return JsonDocument.read(bytes).all(fields -> {
			DocumentKind.RUN_EXPORTS.require(fields);
			return new RunExports(RunManifestJson.readNight(fields), fields.string("manifestSha256"),
					fields.instant("writtenAt"), fields.list("applications", RunExportsJson::readApplication));
		});
	}

	private static void writeApplication(JsonGenerator json, ApplicationExports application) {
		json.writeStartObject();
		json.writeStringProperty("application", application.application().value());
		json.writeArrayPropertyStart("exports");
		application.kept().forEach(export -> writeExport(json, export));
		json.writeEndArray();
		json.writeArrayPropertyStart("failed");
		new TreeMap<>(application.failed()).forEach((name, reason) -> {
			json.writeStartObject();
			json.writeStringProperty("name", name.value());
			json.writeStringProperty("reason", reason);
			json.writeEndObject();
		});
		json.writeEndArray();
		json.writeEndObject();
	}

	private static void writeInForce(JsonGenerator json, InForce inForce) {
		json.writeObjectPropertyStart("inForce");
		json.writeArrayPropertyStart("images");
		inForce.images().forEach(image -> {
			json.writeStartObject();
			json.writeStringProperty("name", image.name());
			json.writeStringProperty("id", image.id());
			json.writeEndObject();
		});
		json.writeEndArray();
		json.writeArrayPropertyStart("charts");
		inForce.charts().forEach(chart -> {
			json.writeStartObject();
			json.writeStringProperty("chart", chart);
			json.writeEndObject();
		});
		json.writeEndArray();
		json.writeEndObject();
	}

	private static void writeExport(JsonGenerator json, StoredExport export) {
		json.writeStartObject();
		json.writeStringProperty("name", export.name().value());
		json.writeStringProperty("origin", export.origin());
		writeFingerprint(json, "plain", export.plain());
		writeFingerprint(json, "stored", export.stored());
		json.writeArrayPropertyStart("recipients");
		export.recipients().forEach(recipient -> {
			json.writeStartObject();
			json.writeStringProperty("age", recipient.value());
			json.writeEndObject();
		});
		json.writeEndArray();
		json.writeStringProperty("takenAt", export.takenAt().toString());
		json.writeStringProperty("checkedAt", export.checkedAt().toString());
		InForce inForce = export.inForce();
		if (inForce != null) {
			writeInForce(json, inForce);
		}
		json.writeEndObject();
	}

	private static void writeFingerprint(JsonGenerator json, String name, Fingerprint fingerprint) {
		json.writeObjectPropertyStart(name);
		json.writeNumberProperty("size", fingerprint.size().bytes());
		json.writeStringProperty("sha256", fingerprint.sha256());
		json.writeEndObject();
	}

	private static ApplicationExports readApplication(JsonFields fields) throws MalformedException {
		return new ApplicationExports(fields.parsed("application", ApplicationName::new),
				fields.list("exports", RunExportsJson::readExport), readFailed(fields));
	}

	private static InForce readInForce(JsonFields fields) throws MalformedException {
		return new InForce(fields.list("images", image -> new InForce.Image(image.string("name"), image.string("id"))),
				fields.list("charts", chart -> chart.string("chart")));
	}

	private static Map<ExportName, String> readFailed(JsonFields fields) throws MalformedException {
		List<Map.Entry<ExportName, String>> entries = fields.list("failed",
				entry -> Map.entry(entry.parsed("name", ExportName::new), entry.string("reason")));
		Map<ExportName, String> failed = new TreeMap<>();
		for (Map.Entry<ExportName, String> entry : entries) {
			if (failed.put(entry.getKey(), entry.getValue()) != null) {
				throw new MalformedException("failed names export '%s' twice".formatted(entry.getKey()));
			}
		}
		return failed;
	}

	private static StoredExport readExport(JsonFields fields) throws MalformedException {
		return new StoredExport(fields.parsed("name", ExportName::new), fields.string("origin"),
				fields.object("plain", RunExportsJson::readFingerprint),
				fields.object("stored", RunExportsJson::readFingerprint),
				fields.list("recipients", recipient -> recipient.parsed("age", Recipient::new)),
				fields.instant("takenAt"), fields.instant("checkedAt"),
				fields.objectOrAbsent("inForce", RunExportsJson::readInForce));
	}

	private static Fingerprint readFingerprint(JsonFields fields) throws MalformedException {
		return new Fingerprint(new ByteSize(fields.number("size")), fields.string("sha256"));
	}

}
