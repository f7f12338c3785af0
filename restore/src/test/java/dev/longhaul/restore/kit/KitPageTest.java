package dev.longhaul.restore.kit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.kit.KitId;
import dev.longhaul.core.workload.DeployedChart;
import dev.longhaul.restore.bootstrap.Bootstrap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KitPageTest {

	private static final KitId ID = KitId.of(new byte[] { 1 });

	private static final String RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

	@TempDir
	private Path directory;

	@Test
	void saysWhatToDoAndNoSecret() {
		String page = KitPage.of(Kits.home(), ID).html();

		assertThat(page)
			.contains("Recovery kit of cluster <em>home</em>", ID.sha256().substring(0, 8),
					"s3://backups@eu-central-003/longhorn/", "bitwarden/bitwarden-cli", "gitea/gitea-admin-secret",
					"a passphrase, which is not on this page", "<span>--kit</span> <span>kit.age</span>",
					"<span>https://argoproj.github.io/argo-helm</span> <span>--version</span> <span>8.1.3</span>")
			.doesNotContain("planted", "correct horse");
	}

	@Test
	void saysWhatAClusterIsBegunWith() {
		String page = KitPage.of(Kits.home(), ID).html();
		String words = RecoveryWords.of(Kits.home()).text();

		assertThat(page).contains("Begins with", "argo-cd 8.1.3 of https://argoproj.github.io/argo-helm, with values",
				"Namespace gitea<br>Application argocd/gitea");
		assertThat(words)
			.contains("Begin the cluster with what the kit holds",
					"longhaul restore run --plan plan.json --kit kit.age --kubeconfig new.yaml",
					"--namespace argocd --create-namespace --values argo-values.yaml",
					"select(.kind != \"Application\")", "select(.kind == \"Application\")",
					"kubectl create namespace bitwarden", "Install Longhorn as it was; it needs no backup target yet")
			.doesNotContain("Nothing else has to be there", "kubectl create namespace gitea",
					"Go on as without Longhaul");
	}

	/** What Argo CD installs is installed by hand only where there is no Longhaul. */
	@Test
	void takesLonghornFromWhatTheClusterIsBegunWith() {
		assertThat(begunWithLonghorn("1.9.1"))
			.contains("Nothing else has to be there",
					"helm install longhorn longhorn --repo https://charts.longhorn.io --version 1.9.1")
			.doesNotContain("Install Longhorn as it was; it needs no backup target yet");
		assertThat(begunWithLonghorn("")).contains("Install Longhorn as it was; it needs no backup target yet")
			.doesNotContain("--repo https://charts.longhorn.io");
	}

	private static String begunWithLonghorn(String version) {
		Kit kit = Kits.home();
		JsonObject longhorn = JsonObject.of(Map.of("apiVersion", "argoproj.io/v1alpha1", "kind", "Application",
				"metadata", Map.of("name", "longhorn", "namespace", "argocd"), "spec", Map.of("source", Map.of("chart",
						"longhorn", "repoURL", "https://charts.longhorn.io", "targetRevision", version))));
		return RecoveryWords
			.of(new Kit(kit.createdAt(), kit.cluster(), kit.recipients(), kit.bucket(), kit.longhorn(), null, List.of(),
					List.of(), new Bootstrap(List.of(longhorn), kit.bootstrap().argo()), List.of(), ""))
			.text();
	}

	@Test
	void namesTheRecipientsWhoseIdentityOpensIt() {
		assertThat(KitPage.of(Kits.homeFor(List.of(new Recipient(RECIPIENT))), ID).html()).contains(RECIPIENT)
			.doesNotContain("a passphrase, which");
	}

	@Test
	void holdsThePassphraseOnlyWhenToldTo() {
		assertThat(KitPage.withPassphrase(Kits.home(), ID, Kits.PASSPHRASE).html())
			.contains("correct horse battery staple", "keep it away from the file")
			.doesNotContain("planted");
	}

	@Test
	void asksNobodyForAnything() {
		assertThat(KitPage.of(Kits.home(), ID).html()).contains("default-src 'none'")
			.doesNotContain("<script", "src=", "href=", "url(", "@import");
	}

	/** What comes out of a cluster may be typed into a shell. */
	@Test
	void quotesWhatIsTyped() {
		Kit kit = Kits.home();
		Kit odd = new Kit(kit.createdAt(), kit.cluster(), kit.recipients(), kit.bucket(), kit.longhorn(), null,
				List.of(), List.of(new DeployedChart("argocd", "argo-cd", "https://x/'; reboot; '", "1.0.0\u001b[2J")),
				Bootstrap.none(), List.of(), "");

		assertThat(RecoveryWords.of(odd).text()).contains("--repo 'https://x/'\\''; reboot; '\\'''")
			.contains("'1.0.0\\u001b[2J'")
			.doesNotContain("\u001b");
	}

	@Test
	void isItsOwnersAndTakesNobodysPlace() throws Exception {
		Path place = directory.resolve("kit.html");
		KitPage page = KitPage.of(Kits.home(), ID);
		page.write(place, false);

		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place))).isEqualTo("rw-------");
		assertThatThrownBy(() -> page.write(place, false)).isInstanceOf(RefusedRequest.class);
	}

}
