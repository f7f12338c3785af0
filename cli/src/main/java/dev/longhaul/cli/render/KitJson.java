package dev.longhaul.cli.render;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.secret.NamedSecret;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.restore.bootstrap.Bootstrap;
import dev.longhaul.restore.kit.Kit;
import dev.longhaul.restore.kit.KitFile;
import org.jspecify.annotations.Nullable;

/**
 * Recovery kits for machines, as {@code docs/schema/kit-*.schema.json} describe it. Of a
 * secret it says how long it is.
 */
public final class KitJson {

	private final OutputStream out;

	public KitJson(OutputStream out) {
		this.out = out;
	}

	/** What was made. */
	public void written(Kit kit, KitFile file, Path place, @Nullable Path page, boolean recorded) {
		JsonDocument.write(out, json -> {
			writeHead(json, kit, file);
			json.text("file", place.toString());
			json.number("sizeBytes", file.size().bytes());
			json.textOrNull("page", (page != null) ? page.toString() : null);
			json.truth("recorded", recorded);
		});
	}

	/** All of it but its secrets. */
	public void shown(Kit kit, KitFile file) {
		JsonDocument.write(out, json -> {
			writeHead(json, kit, file);
			json.textOrNull("endpoint", kit.bucket().endpoint().orElse(null));
			json.object("longhorn", () -> {
				json.text("target", kit.longhorn().target());
				json.text("namespace", kit.longhorn().namespace());
				json.text("credentialSecret", kit.longhorn().credentials().name());
			});
			json.objectOrNull("git", kit.repository(), git -> {
				json.text("url", git.url());
				json.textOrNull("branch", git.branch());
				writeLengths(json, "credentials", git.credentials());
			});
			writeLengths(json, "credentials", kit.bucket().variables());
			json.objects("secrets", kit.secrets(), secret -> writeSecret(json, secret));
			json.objects("charts", kit.charts(), chart -> {
				json.text("application", chart.application());
				json.text("chart", chart.chart());
				json.text("repository", chart.repository());
				json.text("version", chart.version());
			});
			writeBootstrap(json, kit.bootstrap());
			json.number("signingKeys", kit.signingKeys().size());
			json.text("notes", kit.notes());
		});
	}

	/** What was found when it was tried. */
	public void checked(Kit kit, KitFile file, List<KitFinding> findings) {
		JsonDocument.write(out, json -> {
			writeHead(json, kit, file);
			json.objects("findings", findings, finding -> {
				json.text("answer", switch (finding.answer()) {
					case HOLDS -> "holds";
					case FAILS -> "fails";
					case UNKNOWN -> "unknown";
				});
				json.text("subject", finding.subject());
				json.text("reason", finding.reason());
			});
		});
	}

	private static void writeHead(JsonDocument json, Kit kit, KitFile file) {
		json.text("kit", file.id().toString());
		json.text("sha256", file.id().sha256());
		json.text("cluster", kit.cluster().value());
		json.instant("createdAt", kit.createdAt());
		json.texts("recipients", kit.recipients().stream().map(Recipient::value).toList());
		json.text("target", kit.bucket().url().toString());
	}

	private static void writeSecret(JsonDocument json, NamedSecret secret) {
		json.text("namespace", secret.ref().namespace());
		json.text("name", secret.ref().name());
		json.text("type", secret.type());
		writeLengths(json, "data", secret.data());
	}

	private static void writeBootstrap(JsonDocument json, Bootstrap bootstrap) {
		json.object("bootstrap", () -> {
			json.objects("objects", bootstrap.names(), name -> {
				json.text("kind", name.kind().kind());
				json.textOrNull("namespace", name.namespace().isEmpty() ? null : name.namespace());
				json.text("name", name.name());
			});
			json.objectOrNull("argo", bootstrap.argo(), argo -> {
				json.text("name", argo.name());
				json.text("namespace", argo.namespace());
				json.text("chart", argo.chart());
				json.text("repository", argo.repository());
				json.text("version", argo.version());
				json.number("valuesCharacters", argo.values().length());
			});
		});
	}

	private static void writeLengths(JsonDocument json, String name, Map<String, Secret> secrets) {
		json.objects(name, secrets.entrySet(), entry -> {
			json.text("key", entry.getKey());
			json.number("characters", entry.getValue().length());
		});
	}

}
