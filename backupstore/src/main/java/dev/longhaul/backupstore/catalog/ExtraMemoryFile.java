package dev.longhaul.backupstore.catalog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.document.JsonFields;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.ObjectTooLargeException;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.extra.ExtraMemory;
import dev.longhaul.core.extra.StoredBackup;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;

/**
 * What a mirror remembers of what its source has no more:
 * {@code <path>longhaul/mirror/<16 hex>.json}, named after the source. It is not signed:
 * who could forge it could delete the backups themselves.
 */
public final class ExtraMemoryFile {

	private static final int NAME_LENGTH = 16;

	private final ObjectStore store;

	private final ObjectReader reader;

	private final String source;

	private final String key;

	/**
	 * @param store of the mirror
	 * @param source as it names itself
	 */
	public ExtraMemoryFile(ObjectStore store, BackupstoreLayout layout, Pause pause, String source) {
		this.store = store;
		this.reader = new ObjectReader(store, pause);
		this.source = source;
		byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
		this.key = "%smirror/%s.json".formatted(layout.longhaulPrefix(),
				Checksum.of(bytes, bytes.length).hex().substring(0, NAME_LENGTH));
	}

	/**
	 * None where there is none that can be read: everything waits anew then, and nothing
	 * goes too early.
	 */
	public ExtraMemory read() {
		try {
			Optional<byte[]> content = reader.readFully(key, JsonDocument.MAX_BYTES);
			ExtraMemory memory = content.isPresent() ? parse(content.get()) : ExtraMemory.none(source);
			return memory.source().equals(source) ? memory : ExtraMemory.none(source);
		}
		catch (MalformedException | ObjectTooLargeException ex) {
			return ExtraMemory.none(source);
		}
	}

	/** Replaces what is there. */
	public void write(ExtraMemory memory) {
		store.put(key, JsonDocument.write(json -> {
			DocumentKind.MIRROR_EXTRA.write(json);
			json.writeStringProperty("source", memory.source());
			json.writeArrayPropertyStart("missing");
			new TreeMap<>(memory.since()).forEach((backup, since) -> {
				json.writeStartObject();
				json.writeStringProperty("volume", backup.volume().value());
				json.writeStringProperty("backup", backup.backup().value());
				json.writeStringProperty("since", since.toString());
				json.writeEndObject();
			});
			json.writeEndArray();
			json.writeArrayPropertyStart("unfinished");
			memory.unfinished().stream().sorted().forEach(volume -> {
				json.writeStartObject();
				json.writeStringProperty("volume", volume.value());
				json.writeEndObject();
			});
			json.writeEndArray();
		}));
	}

	private static ExtraMemory parse(byte[] bytes) throws MalformedException {
		return JsonDocument.read(bytes).all(fields -> {
			DocumentKind.MIRROR_EXTRA.require(fields);
			String source = fields.string("source");
			Map<StoredBackup, Instant> since = new HashMap<>();
			fields.list("missing", ExtraMemoryFile::parseMissing)
				.forEach(missing -> since.put(missing.getKey(), missing.getValue()));
			return new ExtraMemory(source, since,
					Set.copyOf(fields.list("unfinished", volume -> volume.parsed("volume", VolumeName::new))));
		});
	}

	private static Map.Entry<StoredBackup, Instant> parseMissing(JsonFields fields) throws MalformedException {
		return Map.entry(
				new StoredBackup(fields.parsed("volume", VolumeName::new), fields.parsed("backup", BackupName::new)),
				fields.instant("since"));
	}

}
