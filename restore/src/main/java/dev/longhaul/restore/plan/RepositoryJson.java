package dev.longhaul.restore.plan;

import dev.longhaul.backupstore.document.JsonFields;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.Fingerprint;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.restore.choice.KeptBundle;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The repository of a plan as JSON.
 */
final class RepositoryJson {

	private RepositoryJson() {
	}

	static void write(JsonGenerator json, @Nullable PlannedRepository repository) {
		if (repository == null) {
			json.writeNullProperty("repository");
			return;
		}
		json.writeObjectPropertyStart("repository");
		json.writeStringProperty("application", repository.application().value());
		if (repository.revision() != null) {
			json.writeStringProperty("revision", repository.revision());
		}
		else {
			json.writeNullProperty("revision");
		}
		write(json, repository.bundle());
		json.writeEndObject();
	}

	private static void write(JsonGenerator json, @Nullable KeptBundle bundle) {
		if (bundle == null) {
			json.writeNullProperty("bundle");
			return;
		}
		StoredExport export = bundle.export();
		json.writeObjectPropertyStart("bundle");
		json.writeStringProperty("night", bundle.night().id());
		json.writeStringProperty("application", bundle.application().value());
		json.writeStringProperty("name", export.name().value());
		json.writeStringProperty("origin", export.origin());
		write(json, "plain", export.plain());
		write(json, "stored", export.stored());
		json.writeArrayPropertyStart("recipients");
		export.recipients().forEach(recipient -> json.writeString(recipient.value()));
		json.writeEndArray();
		json.writeStringProperty("takenAt", export.takenAt().toString());
		json.writeStringProperty("checkedAt", export.checkedAt().toString());
		json.writeEndObject();
	}

	private static void write(JsonGenerator json, String name, Fingerprint fingerprint) {
		json.writeObjectPropertyStart(name);
		json.writeNumberProperty("size", fingerprint.size().bytes());
		json.writeStringProperty("sha256", fingerprint.sha256());
		json.writeEndObject();
	}

	static PlannedRepository read(JsonFields fields) throws MalformedException {
		return new PlannedRepository(fields.parsed("application", ApplicationName::new),
				fields.stringOrNull("revision"), fields.objectOrNull("bundle", RepositoryJson::bundle));
	}

	private static KeptBundle bundle(JsonFields fields) throws MalformedException {
		return new KeptBundle(fields.parsed("night", Night::parse), fields.parsed("application", ApplicationName::new),
				export(fields));
	}

	private static StoredExport export(JsonFields fields) throws MalformedException {
		return new StoredExport(fields.parsed("name", ExportName::new), fields.string("origin"),
				fields.object("plain", RepositoryJson::fingerprint),
				fields.object("stored", RepositoryJson::fingerprint),
				fields.texts("recipients").stream().map(Recipient::new).toList(), fields.instant("takenAt"),
				fields.instant("checkedAt"));
	}

	private static Fingerprint fingerprint(JsonFields fields) throws MalformedException {
		return new Fingerprint(new ByteSize(fields.number("size")), fields.string("sha256"));
	}

}
