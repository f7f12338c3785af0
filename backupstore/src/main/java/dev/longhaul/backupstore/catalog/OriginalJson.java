package dev.longhaul.backupstore.catalog;

import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimObjects;
import dev.longhaul.core.volume.ObjectCopy;
import dev.longhaul.core.volume.Original;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * What a volume was, as JSON within the record of its backup.
 */
final class OriginalJson {

	private OriginalJson() {
	}

	static void write(JsonGenerator json, @Nullable Original original) {
		if (original == null) {
			json.writeNullProperty("original");
			return;
		}
		json.writeObjectPropertyStart("original");
		json.writeNumberProperty("size", original.size().bytes());
		json.writeNumberProperty("replicas", original.replicas());
		write(json, "claim", original.objects().claim());
		write(json, "persistentVolume", original.objects().volume());
		write(json, "storageClass", original.objects().storageClass());
		json.writeEndObject();
	}

	private static void write(JsonGenerator json, String name, ObjectCopy copy) {
		json.writeObjectPropertyStart(name);
		if (copy instanceof ObjectCopy.Kept kept) {
			json.writeStringProperty("state", "kept");
			JsonDocument.writeProperty(json, "object", kept.object());
		}
		else if (copy instanceof ObjectCopy.Absent absent) {
			json.writeStringProperty("state", "absent");
			json.writeStringProperty("why", absent.why());
		}
		else if (copy instanceof ObjectCopy.Unknown unknown) {
			json.writeStringProperty("state", "unknown");
			json.writeStringProperty("why", unknown.why());
		}
		json.writeEndObject();
	}

	static Original read(JsonFields fields) throws MalformedException {
		return new Original(new ByteSize(fields.number("size")), replicas(fields),
				new ClaimObjects(fields.object("claim", OriginalJson::readCopy),
						fields.object("persistentVolume", OriginalJson::readCopy),
						fields.object("storageClass", OriginalJson::readCopy)));
	}

	private static int replicas(JsonFields fields) throws MalformedException {
		long replicas = fields.number("replicas");
		if (replicas > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("a volume never has %d replicas".formatted(replicas));
		}
		return (int) replicas;
	}

	private static ObjectCopy readCopy(JsonFields fields) throws MalformedException {
		String state = fields.string("state");
		return switch (state) {
			case "kept" -> new ObjectCopy.Kept(fields.jsonObject("object"));
			case "absent" -> new ObjectCopy.Absent(fields.string("why"));
			case "unknown" -> new ObjectCopy.Unknown(fields.string("why"));
			default -> throw new MalformedException(
					"state is none of kept, absent, unknown: '" + JsonDocument.excerpt(state) + "'");
		};
	}

}
