package dev.longhaul.backupstore.catalog;

import java.util.Arrays;
import java.util.UUID;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.document.JsonFields;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimObjects;
import dev.longhaul.core.volume.FileSystem;
import dev.longhaul.core.volume.ObjectCopy;
import dev.longhaul.core.volume.Original;
import dev.longhaul.core.volume.SeenFileSystem;
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
		writeFileSystem(json, original.fileSystem());
		write(json, "claim", original.objects().claim());
		write(json, "persistentVolume", original.objects().volume());
		write(json, "storageClass", original.objects().storageClass());
		json.writeEndObject();
	}

	private static void writeFileSystem(JsonGenerator json, @Nullable SeenFileSystem seen) {
		if (seen == null) {
			json.writeNullProperty("fileSystem");
			return;
		}
		json.writeObjectPropertyStart("fileSystem");
		json.writeStringProperty("kind", seen.fileSystem().kind().word());
		json.writeStringProperty("id", seen.fileSystem().id().toString());
		json.writeStringProperty("seenAt", seen.at().toString());
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
				fields.objectOrNull("fileSystem", OriginalJson::readFileSystem),
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

	private static SeenFileSystem readFileSystem(JsonFields fields) throws MalformedException {
		return new SeenFileSystem(
				new FileSystem(fields.parsed("kind", OriginalJson::kind), fields.parsed("id", UUID::fromString)),
				fields.instant("seenAt"));
	}

	private static FileSystem.Kind kind(String word) {
		return Arrays.stream(FileSystem.Kind.values())
			.filter(kind -> kind.word().equals(word))
			.findFirst()
			.orElseThrow(IllegalArgumentException::new);
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
