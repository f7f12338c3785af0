package dev.longhaul.backupstore.catalog;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.document.JsonFields;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.ObjectTooLargeException;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.kit.ClusterName;
import dev.longhaul.core.kit.CredentialPrints;
import dev.longhaul.core.kit.KitId;
import dev.longhaul.core.kit.KitRecord;
import dev.longhaul.core.time.Pause;
import tools.jackson.core.JsonGenerator;

/**
 * What is recorded of the newest recovery kit, beside the backups it opens:
 * {@code <path>longhaul/kit.json}. The kit itself is elsewhere, and no secret is in this.
 */
public final class KitRecordFile {

	private final ObjectStore store;

	private final ObjectReader reader;

	private final Seal seal;

	private final String key;

	/**
	 * @param seal signs what is written, and decides what is believed
	 */
	public KitRecordFile(ObjectStore store, BackupstoreLayout layout, Pause pause, Seal seal) {
		this.store = store;
		this.reader = new ObjectReader(store, pause);
		this.seal = seal;
		this.key = layout.longhaulPrefix() + "kit.json";
	}

	/**
	 * Empty if no kit was ever recorded here.
	 * @throws DamagedData if there is a record that cannot be understood or believed
	 */
	public Optional<KitRecord> read() {
		try {
			Optional<byte[]> stored = reader.readFully(key, JsonDocument.MAX_BYTES);
			return stored.isEmpty() ? Optional.empty() : Optional.of(parse(seal.open(stored.get())));
		}
		catch (MalformedException | ObjectTooLargeException ex) {
			throw new DamagedData(FailureCode.MANIFEST_REFUSED,
					"%s of %s is not what Longhaul wrote there: %s".formatted(key, store.describe(), ex.getMessage()),
					"'longhaul kit create' records a new kit; look who may write to the bucket", ex);
		}
	}

	/** Replaces what is there. */
	public void write(KitRecord kit) {
		store.put(key, seal.close(JsonDocument.write(json -> write(json, kit))));
	}

	private static void write(JsonGenerator json, KitRecord kit) {
		DocumentKind.KIT_RECORD.write(json);
		json.writeStringProperty("sha256", kit.id().sha256());
		json.writeStringProperty("createdAt", kit.createdAt().toString());
		json.writeStringProperty("cluster", kit.cluster().value());
		json.writeStringProperty("targetUrl", kit.targetUrl());
		json.writeArrayPropertyStart("recipients");
		kit.recipients().forEach(recipient -> {
			json.writeStartObject();
			json.writeStringProperty("recipient", recipient.value());
			json.writeEndObject();
		});
		json.writeEndArray();
		json.writeStringProperty("salt", kit.prints().salt());
		json.writeNumberProperty("iterations", kit.prints().iterations());
		json.writeArrayPropertyStart("credentials");
		kit.prints().prints().forEach((name, print) -> {
			json.writeStartObject();
			json.writeStringProperty("name", name);
			json.writeStringProperty("print", print);
			json.writeEndObject();
		});
		json.writeEndArray();
	}

	private static KitRecord parse(byte[] bytes) throws MalformedException {
		return JsonDocument.read(bytes).all(fields -> {
			DocumentKind.KIT_RECORD.require(fields);
			return new KitRecord(fields.parsed("sha256", KitId::new), fields.instant("createdAt"),
					fields.parsed("cluster", ClusterName::new), fields.string("targetUrl"),
					fields.list("recipients", entry -> entry.parsed("recipient", Recipient::new)), prints(fields));
		});
	}

	private static CredentialPrints prints(JsonFields fields) throws MalformedException {
		long iterations = fields.number("iterations");
		SortedMap<String, String> prints = new TreeMap<>();
		for (SortedMap<String, String> print : fields.list("credentials", KitRecordFile::print)) {
			prints.putAll(print);
		}
		return new CredentialPrints(fields.string("salt"), (int) Math.min(iterations, Integer.MAX_VALUE), prints);
	}

	private static SortedMap<String, String> print(JsonFields fields) throws MalformedException {
		SortedMap<String, String> print = new TreeMap<>();
		print.put(fields.string("name"), fields.string("print"));
		return print;
	}

}
