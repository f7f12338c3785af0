package dev.longhaul.restore.kit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.stream.AgeDocument;
import dev.longhaul.backupstore.stream.Passphrase;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.kit.ClusterName;
import dev.longhaul.core.secret.NamedSecret;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.core.secret.SecretRef;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.workload.DeployedChart;
import dev.longhaul.restore.bootstrap.Bootstrap;
import dev.longhaul.restore.bootstrap.ChartRelease;

/**
 * Kits for tests. What must be seen nowhere has "planted" in it.
 */
final class Kits {

	static final Passphrase PASSPHRASE = Passphrase.of(Secret.of("correct horse battery staple"));

	/** Opening a file of the usual work takes a second. */
	static final AgeDocument LITTLE_WORK = AgeDocument.withWork(2);

	private Kits() {
	}

	/** Locked with a passphrase. */
	static Kit home() {
		return homeFor(List.of());
	}

	static Kit homeFor(List<Recipient> recipients) {
		KitBucket bucket = new KitBucket(TargetUrl.parse("s3://backups@eu-central-003/longhorn"),
				data(Map.of("AWS_ACCESS_KEY_ID", "004planted0001", "AWS_SECRET_ACCESS_KEY", "K004planted/of+the",
						"AWS_ENDPOINTS", "https://s3.eu-central-003.backblazeb2.com")));
		KitRepository repository = new KitRepository("https://gitea.example.org/me/homelab.git", "main",
				data(Map.of("username", "me", "password", "planted-token")));
		NamedSecret bitwarden = new NamedSecret(SecretRef.parse("bitwarden/bitwarden-cli"), NamedSecret.OPAQUE,
				data(Map.of("BW_HOST", "https://vault.example.org", "BW_USERNAME", "me@example.org", "BW_PASSWORD",
						"planted \"master\" password")));
		SortedMap<String, Secret> admin = data(Map.of("username", "gitea_admin", "password", "planted-gitea"));
		admin.put("binary", Secret.of(new byte[] { 0, (byte) 0xff, 'p' }));
		return new Kit(Instant.parse("2026-11-22T12:00:00Z"), new ClusterName("home"), recipients, bucket,
				new KitLonghorn("default", SecretRef.parse("longhorn-system/b2-credentials")), repository,
				List.of(new NamedSecret(SecretRef.parse("gitea/gitea-admin-secret"), NamedSecret.OPAQUE, admin),
						bitwarden),
				List.of(new DeployedChart("argocd", "argo-cd", "https://argoproj.github.io/argo-helm", "8.1.3"),
						new DeployedChart("longhorn", "longhorn", "https://charts.longhorn.io", "1.9.1")),
				bootstrap(), List.of("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n"),
				"The second copy is at my sister's.\n<script>alert(1)</script>");
	}

	private static Bootstrap bootstrap() {
		return new Bootstrap(
				List.of(object("argoproj.io/v1alpha1", "Application", Map.of("namespace", "argocd", "name", "gitea"),
						Map.of("source", Map.of("helm", Map.of("values", "password: planted")))),
						object("v1", "Namespace", Map.of("name", "gitea"), Map.of())),
				new ChartRelease("argocd", "argocd", "argo-cd", ChartRelease.ARGO_REPOSITORY, "8.1.3",
						"configs: {secret: {argocdServerAdminPassword: planted}}"));
	}

	private static JsonObject object(String apiVersion, String kind, Map<String, String> metadata,
			Map<String, Object> spec) {
		return JsonObject.of(Map.of("apiVersion", apiVersion, "kind", kind, "metadata", metadata, "spec", spec));
	}

	static SortedMap<String, Secret> data(Map<String, String> texts) {
		return texts.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, entry -> Secret.of(entry.getValue()), (one, other) -> one,
					TreeMap::new));
	}

}
