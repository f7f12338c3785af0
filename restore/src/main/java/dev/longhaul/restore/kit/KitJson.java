package dev.longhaul.restore.kit;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.document.JsonFields;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.kit.ClusterName;
import dev.longhaul.core.secret.NamedSecret;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.core.secret.SecretRef;
import dev.longhaul.core.workload.DeployedChart;
import dev.longhaul.restore.bootstrap.Bootstrap;
import dev.longhaul.restore.bootstrap.ChartRelease;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A kit as JSON, which is what the tool age brings out of it. Secrets stand there as
 * {@code kubectl apply} takes them. No message of this class repeats a secret.
 */
final class KitJson {

	private static final String KIND = "longhaul.dev/recovery-kit";

	private static final int VERSION = 2;

	/** Knew nothing of what a cluster is begun with. */
	private static final int OLDEST = 1;

	private KitJson() {
	}

	static byte[] write(Kit kit) {
		return JsonDocument.write(json -> {
			json.writeStringProperty("kind", KIND);
			json.writeNumberProperty("version", VERSION);
			json.writeStringProperty("createdAt", kit.createdAt().toString());
			json.writeStringProperty("cluster", kit.cluster().value());
			writeRecipients(json, kit.recipients());
			writeBucket(json, kit.bucket());
			writeLonghorn(json, kit.longhorn());
			writeRepository(json, kit.repository());
			writeSecrets(json, kit.secrets());
			writeCharts(json, kit.charts());
			writeBootstrap(json, kit.bootstrap());
			writeSigningKeys(json, kit.signingKeys());
			json.writeStringProperty("notes", kit.notes());
			json.writeStringProperty("runbook", RecoveryWords.of(kit).text());
		});
	}

	/**
	 * @throws MalformedException if it is not what {@link #write} makes
	 * @throws NewerKitException if a newer version has written it
	 */
	static Kit read(byte[] bytes) throws MalformedException, NewerKitException {
		JsonFields fields = document(bytes);
		String kind = fields.string("kind");
		if (!kind.equals(KIND)) {
			throw new MalformedException("it is not a " + KIND);
		}
		long version = fields.number("version");
		if (version < OLDEST || version > VERSION) {
			throw new NewerKitException(version, VERSION);
		}
		return fields.all(all -> readFields(all, version));
	}

	/** The parser's own message may repeat a piece of what it could not read. */
	private static JsonFields document(byte[] bytes) throws MalformedException {
		try {
			return JsonDocument.read(bytes);
		}
		catch (MalformedException ex) {
			throw new MalformedException("it is not one JSON object");
		}
	}

	private static Kit readFields(JsonFields fields, long version) throws MalformedException {
		Kit kit = new Kit(fields.instant("createdAt"), fields.parsed("cluster", ClusterName::new),
				fields.list("recipients", entry -> entry.parsed("recipient", Recipient::new)),
				fields.object("bucket", KitJson::readBucket), fields.object("longhorn", KitJson::readLonghorn),
				fields.objectOrNull("git", KitJson::readRepository), fields.list("secrets", KitJson::readSecret),
				fields.list("charts", KitJson::readChart),
				(version == OLDEST) ? Bootstrap.none() : fields.object("bootstrap", KitJson::readBootstrap),
				fields.list("signingKeys", entry -> entry.string("pem")), fields.string("notes"));
		// For whoever opens the kit with age alone; it follows from the rest.
		fields.string("runbook");
		return kit;
	}

	private static void writeRecipients(JsonGenerator json, List<Recipient> recipients) {
		json.writeArrayPropertyStart("recipients");
		recipients.forEach(recipient -> {
			json.writeStartObject();
			json.writeStringProperty("recipient", recipient.value());
			json.writeEndObject();
		});
		json.writeEndArray();
	}

	private static void writeBucket(JsonGenerator json, KitBucket bucket) {
		json.writeObjectPropertyStart("bucket");
		json.writeStringProperty("url", bucket.url().toString());
		json.writeObjectPropertyStart("variables");
		bucket.variables().forEach((name, value) -> json.writeStringProperty(name, value.revealText()));
		json.writeEndObject();
		json.writeEndObject();
	}

	private static KitBucket readBucket(JsonFields fields) throws MalformedException {
		SortedMap<String, Secret> variables = new TreeMap<>();
		fields.textsByKey("variables").forEach((name, value) -> variables.put(name, Secret.of(value)));
		return new KitBucket(fields.parsed("url", KitJson::targetUrl), variables);
	}

	private static TargetUrl targetUrl(String text) {
		try {
			return TargetUrl.parse(text);
		}
		catch (RefusedRequest ex) {
			throw new IllegalArgumentException(ex.fact(), ex);
		}
	}

	private static void writeLonghorn(JsonGenerator json, KitLonghorn longhorn) {
		json.writeObjectPropertyStart("longhorn");
		json.writeStringProperty("target", longhorn.target());
		json.writeStringProperty("namespace", longhorn.namespace());
		json.writeStringProperty("credentialSecret", longhorn.credentials().name());
		json.writeEndObject();
	}

	private static KitLonghorn readLonghorn(JsonFields fields) throws MalformedException {
		return new KitLonghorn(fields.string("target"),
				new SecretRef(fields.string("namespace"), fields.string("credentialSecret")));
	}

	private static void writeRepository(JsonGenerator json, @Nullable KitRepository repository) {
		if (repository == null) {
			json.writeNullProperty("git");
			return;
		}
		json.writeObjectPropertyStart("git");
		json.writeStringProperty("url", repository.url());
		JsonDocument.writeProperty(json, "branch", repository.branch());
		writeData(json, "credentials", repository.credentials());
		json.writeEndObject();
	}

	private static KitRepository readRepository(JsonFields fields) throws MalformedException {
		return new KitRepository(fields.string("url"), fields.stringOrNull("branch"), readData(fields, "credentials"));
	}

	private static void writeSecrets(JsonGenerator json, List<NamedSecret> secrets) {
		json.writeArrayPropertyStart("secrets");
		secrets.forEach(secret -> {
			json.writeStartObject();
			json.writeStringProperty("apiVersion", "v1");
			json.writeStringProperty("kind", "Secret");
			json.writeObjectPropertyStart("metadata");
			json.writeStringProperty("namespace", secret.ref().namespace());
			json.writeStringProperty("name", secret.ref().name());
			json.writeEndObject();
			json.writeStringProperty("type", secret.type());
			writeData(json, "data", secret.data());
			json.writeEndObject();
		});
		json.writeEndArray();
	}

	private static NamedSecret readSecret(JsonFields fields) throws MalformedException {
		requireWord(fields, "apiVersion", "v1");
		requireWord(fields, "kind", "Secret");
		SecretRef ref = fields.object("metadata",
				metadata -> new SecretRef(metadata.string("namespace"), metadata.string("name")));
		return new NamedSecret(ref, fields.string("type"), readData(fields, "data"));
	}

	private static void requireWord(JsonFields fields, String name, String word) throws MalformedException {
		if (!fields.string(name).equals(word)) {
			throw new MalformedException("%s is not %s".formatted(name, word));
		}
	}

	private static void writeData(JsonGenerator json, String name, Map<String, Secret> data) {
		json.writeObjectPropertyStart(name);
		data.forEach((key, value) -> json.writeStringProperty(key, Base64.getEncoder().encodeToString(value.reveal())));
		json.writeEndObject();
	}

	private static SortedMap<String, Secret> readData(JsonFields fields, String name) throws MalformedException {
		SortedMap<String, Secret> data = new TreeMap<>();
		for (Map.Entry<String, String> entry : fields.textsByKey(name).entrySet()) {
			data.put(entry.getKey(), decoded(name, entry.getValue()));
		}
		return data;
	}

	private static Secret decoded(String name, String base64) throws MalformedException {
		try {
			return Secret.of(Base64.getDecoder().decode(base64));
		}
		catch (IllegalArgumentException ex) {
			// Without the cause, which quotes it.
			throw new MalformedException("%s holds something that is not in Base64".formatted(name));
		}
	}

	private static void writeCharts(JsonGenerator json, List<DeployedChart> charts) {
		json.writeArrayPropertyStart("charts");
		charts.forEach(chart -> {
			json.writeStartObject();
			json.writeStringProperty("application", chart.application());
			json.writeStringProperty("chart", chart.chart());
			json.writeStringProperty("repository", chart.repository());
			json.writeStringProperty("version", chart.version());
			json.writeEndObject();
		});
		json.writeEndArray();
	}

	private static DeployedChart readChart(JsonFields fields) throws MalformedException {
		return new DeployedChart(fields.string("application"), fields.string("chart"), fields.string("repository"),
				fields.string("version"));
	}

	private static void writeBootstrap(JsonGenerator json, Bootstrap bootstrap) {
		json.writeObjectPropertyStart("bootstrap");
		json.writeArrayPropertyStart("objects");
		bootstrap.objects().forEach(object -> JsonDocument.writeElement(json, object));
		json.writeEndArray();
		writeRelease(json, bootstrap.argo());
		json.writeEndObject();
	}

	private static Bootstrap readBootstrap(JsonFields fields) throws MalformedException {
		return new Bootstrap(fields.list("objects", JsonFields::whole),
				fields.objectOrNull("argo", KitJson::readRelease));
	}

	private static void writeRelease(JsonGenerator json, @Nullable ChartRelease release) {
		if (release == null) {
			json.writeNullProperty("argo");
			return;
		}
		json.writeObjectPropertyStart("argo");
		json.writeStringProperty("name", release.name());
		json.writeStringProperty("namespace", release.namespace());
		json.writeStringProperty("chart", release.chart());
		json.writeStringProperty("repository", release.repository());
		json.writeStringProperty("version", release.version());
		json.writeStringProperty("values", release.values());
		json.writeEndObject();
	}

	private static ChartRelease readRelease(JsonFields fields) throws MalformedException {
		return new ChartRelease(fields.string("name"), fields.string("namespace"), fields.string("chart"),
				fields.string("repository"), fields.string("version"), fields.string("values"));
	}

	private static void writeSigningKeys(JsonGenerator json, List<String> keys) {
		json.writeArrayPropertyStart("signingKeys");
		keys.forEach(key -> {
			json.writeStartObject();
			json.writeStringProperty("pem", key);
			json.writeEndObject();
		});
		json.writeEndArray();
	}

}
