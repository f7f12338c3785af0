package dev.longhaul.backupstore.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Changes which backup a {@code volume.cfg} names as its last one, and leaves every other
 * byte as Longhorn wrote it: also those of fields that are not known here.
 */
public final class VolumeConfigEdit {

	private static final JsonFactory FACTORY = new JsonFactory();

	private VolumeConfigEdit() {
	}

	/**
	 * @param config as it was read
	 * @param name of the backup, empty for none
	 * @param at when that backup began; null for none
	 * @throws MalformedException if the file is no JSON object
	 */
	public static byte[] withLastBackup(byte[] config, String name, @Nullable Instant at) throws MalformedException {
		ByteArrayOutputStream edited = new ByteArrayOutputStream(config.length + name.length());
		int copied = 0;
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), config)) {
			parser.nextToken();
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String field = parser.currentName();
				parser.nextToken();
				int start = (int) parser.currentTokenLocation().getByteOffset();
				parser.skipChildren();
				parser.finishToken();
				String value = switch (field) {
					case "LastBackupName" -> name;
					case "LastBackupAt" -> (at != null) ? at.toString() : "";
					default -> null;
				};
				if (value != null) {
					edited.write(config, copied, start - copied);
					edited.writeBytes(quoted(value));
					copied = (int) parser.currentLocation().getByteOffset();
				}
			}
		}
		catch (JacksonException ex) {
			throw new MalformedException("not valid JSON: " + ex.getOriginalMessage(), ex);
		}
		edited.write(config, copied, config.length - copied);
		return edited.toByteArray();
	}

	/** Names of backups and instants hold nothing that JSON escapes. */
	private static byte[] quoted(String value) {
		return ('"' + value + '"').getBytes(StandardCharsets.UTF_8);
	}

}
