package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import dev.longhaul.backupstore.stream.AgeKeys;
import dev.longhaul.backupstore.stream.Identities;
import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.MadeTarget;
import dev.longhaul.cli.testing.Schema;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.secret.NamedSecret;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.core.secret.SecretRef;
import dev.longhaul.gitops.testing.HomelabRepository;
import dev.longhaul.restore.bootstrap.ObjectName;
import dev.longhaul.restore.kit.Kit;
import dev.longhaul.restore.kit.KitFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kits that hold what a cluster is begun with. Every output of every test is searched for
 * what was planted.
 */
class KitBootstrapTest {

	private static final String VALUES = """
			gitea:
			  password: planted-gitea
			backblaze:
			  AWS_ENDPOINTS: s3.us-east-005.backblazeb2.com
			  AWS_ACCESS_KEY_ID: 005plantedkey
			  AWS_SECRET_ACCESS_KEY: K005planted/secret
			  s3Url: s3://myBucket@placeHolderRegion/longhorn
			""";

	@TempDir
	private Path directory;

	private final List<Outcome> outcomes = new ArrayList<>();

	private MadeTarget target;

	private AgeKeys keys;

	private Path identity;

	@BeforeEach
	void prepare() throws IOException {
		target = new MadeTarget(directory.resolve("target"));
		target.putSmallVolume("db", "backup-1");
		keys = AgeKeys.generate();
		identity = keys.writeTo(directory.resolve("key.txt"));
	}

	@AfterEach
	void nothingThatIsSecretWasSaid() {
		for (Outcome outcome : outcomes) {
			assertThat(outcome.out() + outcome.errors()).doesNotContain("planted", "cGxhbnRl");
		}
	}

	private Outcome run(String... arguments) {
		Outcome outcome = new Cli().run(arguments);
		outcomes.add(outcome);
		return outcome;
	}

	private Outcome create(String... more) {
		return run(Stream
			.concat(Stream.of("kit", "create", target.url(), "--cluster", "home", "--recipient",
					keys.recipient().value(), "--to", at("kit.age"), "--replace"), Arrays.stream(more))
			.toArray(String[]::new));
	}

	private Kit kit() {
		return KitFile.read(directory.resolve("kit.age")).open(Identities.read(identity));
	}

	private String at(String name) {
		return directory.resolve(name).toString();
	}

	private String write(String name, String text) throws IOException {
		Path file = directory.resolve(name);
		Files.createDirectories(file.getParent());
		return Files.writeString(file, text).toString();
	}

	private String chart(String templates) throws IOException {
		write("chart/Chart.yaml", "apiVersion: v2\nname: bootstrap\nversion: 0.1.0\n");
		write("chart/templates/all.yaml", templates);
		return at("chart");
	}

	@Test
	void holdsWhatTheUsersOwnBootstrapMakes() throws IOException {
		Path homelab = HomelabRepository.rootOrAbort();
		String values = write("my-values.yaml", VALUES);
		Outcome created = create("--bootstrap", homelab.resolve("tools/bootstrap").toString(), "--bootstrap-values",
				values, "--argocd-values", homelab.resolve("argocd/values.yaml").toString(), "--argocd-version",
				"8.1.3", "--page", at("kit.html"), "--credential-secret", "longhorn-backblaze-credentials-2");
		Outcome shown = run("kit", "show", at("kit.age"), "--identity", identity.toString());
		Outcome json = run("kit", "show", at("kit.age"), "--identity", identity.toString(), "--output", "json");

		assertThat(created.status()).as(created.errors()).isZero();
		assertThat(created.out()).contains("2 Secrets", "6 objects to begin with and Argo CD by chart 8.1.3");
		assertThat(created.errors()).doesNotContain("once the Git server is back", "--argocd-values");
		Kit kit = kit();
		assertThat(kit.bootstrap().names()).extracting(ObjectName::toString)
			.containsExactly("Namespace longhorn-system", "Namespace gitea", "StorageClass longhorn-non-replicated",
					"Application argocd/longhorn", "Application argocd/gitea", "Application argocd/apps");
		assertThat(data(kit, "gitea/gitea-admin-secret", "username")).isEqualTo("gitea_admin");
		assertThat(data(kit, "gitea/gitea-admin-secret", "password")).isEqualTo("planted-gitea");
		assertThat(data(kit, "longhorn-system/longhorn-backblaze-credentials", "AWS_SECRET_ACCESS_KEY"))
			.isEqualTo("K005planted/secret");
		JsonObject storageClass = kit.bootstrap().objects().get(2);
		assertThat(storageClass.text("provisioner")).contains("driver.longhorn.io");
		assertThat(storageClass.text("parameters", "numberOfReplicas")).contains("1");
		assertThat(kit.bootstrap().objects().get(3).text("spec", "source", "targetRevision")).contains("1.9.1");
		assertThat(kit.bootstrap().argoRelease().orElseThrow().values())
			.isEqualTo(Files.readString(homelab.resolve("argocd/values.yaml")));
		assertThat(shown.out()).containsPattern("Application +argocd/gitea +chart gitea 12.1.2 of https://dl.gitea.com")
			.containsPattern("Argo CD +argocd/argocd +chart argo-cd 8.1.3 of https://argoproj.github.io/argo-helm")
			.containsPattern("gitea/gitea-admin-secret +password +present, 13 characters");
		assertThat(Schema.of("kit-show").violations(json.out())).isEmpty();
		assertThat(json.json().at("/bootstrap/objects/5/name").asString()).isEqualTo("apps");
		assertThat(Files.readString(directory.resolve("kit.html")))
			.contains("Application argocd/gitea", "Nothing else has to be there", "argo-values.yaml")
			.doesNotContain("planted");
	}

	@Test
	void saysThatNobodyKnowsTheValuesOfArgoCd() {
		assertThat(create("--argocd-version", "8.1.3").errors())
			.contains("note: Argo CD would be installed with the values of its chart");
	}

	/** The kit has opened the target with it; what a file of values says may be older. */
	@Test
	void keepsTheCredentialsThatOpenTheTarget() throws IOException {
		Path homelab = HomelabRepository.rootOrAbort();
		Path given = Files.createDirectory(directory.resolve("admin"));
		Files.writeString(given.resolve("password"), "planted-by-option");

		Outcome created = create("--bootstrap", homelab.resolve("tools/bootstrap").toString(), "--bootstrap-values",
				write("my-values.yaml", VALUES), "--credential-secret", "longhorn-backblaze-credentials", "--secret",
				"gitea/gitea-admin-secret=" + given);

		assertThat(created.status()).as(created.errors()).isZero();
		assertThat(kit().secrets()).extracting(NamedSecret::ref)
			.containsExactly(SecretRef.parse("gitea/gitea-admin-secret"));
		assertThat(data(kit(), "gitea/gitea-admin-secret", "password")).isEqualTo("planted-by-option");
	}

	private static String data(Kit kit, String secret, String key) {
		return kit.secret(SecretRef.parse(secret))
			.map(found -> found.data().get(key))
			.map(Secret::revealText)
			.orElse("");
	}

	@Test
	void takesFilesAsTheyAre() throws IOException {
		write("files/1-namespaces.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: gitea}\n");
		write("files/2-secret.yml", """
				apiVersion: v1
				kind: Secret
				metadata: {name: admin, namespace: gitea}
				data: {password: cGxhbnRlZA==}
				""");
		write("files/3-app.yaml", """
				apiVersion: argoproj.io/v1alpha1
				kind: Application
				metadata: {name: wiki, namespace: argocd}
				spec:
				  source: {repoURL: "http://gitea-http.gitea:3000/me/homelab.git", path: wiki, targetRevision: HEAD}
				  destination: {namespace: wiki}
				""");
		write("files/README.md", "not: [this");

		Outcome created = create("--bootstrap", at("files"));

		assertThat(created.status()).as(created.errors()).isZero();
		assertThat(created.errors())
			.contains("note: Application argocd/wiki can be synced only once the Git server is back");
		assertThat(kit().bootstrap().names()).hasSize(2);
		assertThat(data(kit(), "gitea/admin", "password")).isEqualTo("planted");
		assertThat(kit().bootstrap().argo()).isNull();
	}

	@Test
	void refusesWhatCannotBeBegunWith() throws IOException {
		assertThat(create("--bootstrap", chart("apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n")).errors())
			.contains("no cluster is begun with Pod web", "Namespace, StorageClass, ConfigMap");
		assertThat(create("--bootstrap", chart(
				"apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n  annotations: {helm.sh/hook: pre-install}\n"))
			.errors()).contains("has a hook of Helm, in templates/all.yaml");
		assertThat(create("--bootstrap", chart("a: {{ .Values.nothing.there }}")).errors())
			.contains("Helm does not render the chart", "nil pointer", "[CHART_REFUSED]")
			.doesNotContain("--debug");
		assertThat(create("--bootstrap", chart("a: {{ fail .Values.secret }}"), "--bootstrap-values",
				write("v.yaml", "secret: planted-and-said"))
			.errors()).contains("Helm does not render the chart", "…");
		assertThat(create("--bootstrap", chart(
				"apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: b}\nstringData: {p: {{ .Values.p }}}\n"),
				"--bootstrap-values", write("v.yaml", "p: 4711"))
			.errors()).contains("stringData.p of Secret a is no text");
		assertThat(create("--bootstrap", chart("a: b"), "--bootstrap-values", write("v.yaml", "p: *planted")).errors())
			.contains("this is no YAML");
		assertThat(create("--bootstrap",
				chart("{{ range until 100 }}# {{ repeat 20000 \"x\" }}\n{{ end }}apiVersion: v1\nkind: Namespace\n"))
			.errors()).contains("rendered to more than 1024 KiB");
		Files.createDirectories(directory.resolve("chart/crds"));
		write("chart/crds/crd.yaml", "a: b");
		assertThat(create("--bootstrap", at("chart")).errors()).contains("has custom resources of its own");
		assertThat(directory.resolve("kit.age")).doesNotExist();
	}

	@Test
	void saysWhatIsWrongWithACommandLine() throws IOException {
		assertThat(create("--bootstrap", at("nothing")).errors()).contains("cannot be read");
		assertThat(create("--bootstrap", target.url()).errors()).contains("cannot be read");
		assertThat(create("--bootstrap", write("one.yaml", "a: [planted")).errors()).contains("one.yaml:1:",
				"this is no YAML");
		assertThat(create("--bootstrap", at("one.yaml"), "--bootstrap-values", at("one.yaml")).errors())
			.contains("is no chart");
		assertThat(create("--bootstrap-values", at("one.yaml")).errors()).contains("no chart they are for");
		assertThat(create("--argocd-values", at("one.yaml")).errors()).contains("nothing says of which version");
		assertThat(create("--argocd-version", "latest").errors()).contains("one version such as 8.1.3");
		assertThat(create("--argocd-version", "8.1.3", "--argocd-chart", "https://me:planted@example.org").errors())
			.contains("with no password");
		assertThat(create("--argocd-version", "8.1.3", "--argocd-values", write("v.yaml", "planted")).errors())
			.contains("not one mapping");
		assertThat(create("--argocd-version", "8.1.3", "--argocd-values", write("v.yaml", "a: " + "x".repeat(70_000)))
			.errors()).contains("at most 64 KiB");
		assertThat(directory.resolve("kit.age")).doesNotExist();
	}

}
