package dev.longhaul.longhorn.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.longhorn.testing.ScriptedApi.Reply;
import dev.longhaul.longhorn.testing.ScriptedApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.threeten.extra.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ClusterClientsTest {

	private static final String VERSION = "{\"major\":\"1\",\"minor\":\"33\"}";

	@TempDir
	Path directory;

	private final ScriptedApi api = new ScriptedApi();

	private final List<String> credentials = new CopyOnWriteArrayList<>();

	private final ClusterClients clients = new ClusterClients(CallBounds.DEFAULT, Clock.systemUTC());

	@AfterEach
	void stop() {
		api.close();
		api.assertPlayed();
	}

	@Test
	void sendsTheTokenOfTheCurrentContext() throws IOException {
		Path kubeconfig = kubeconfig("server: \"" + api.address() + "\"", "token: secret-1");

		askForVersion(kubeconfig, null);

		assertThat(credentials).containsExactly("Bearer secret-1");
	}

	@Test
	void sendsTheTokenOfTheNamedContext() throws IOException {
		Path kubeconfig = kubeconfig("server: \"" + api.address() + "\"", "token: secret-1");

		askForVersion(kubeconfig, "second");

		assertThat(credentials).containsExactly("Bearer secret-2");
	}

	@Test
	void readsATokenFileAnewForEachCallAndRelativeToTheKubeconfig() throws IOException {
		Path token = Files.writeString(directory.resolve("token"), "secret-old\n");
		Path kubeconfig = kubeconfig("server: \"" + api.address() + "\"", "tokenFile: token");
		api.on("GET", remember()).on("GET", remember());

		try (KubernetesClient client = clients.fromKubeconfig(kubeconfig, null, CredentialPlugins.REFUSED)) {
			client.getKubernetesVersion();
			Files.writeString(token, "secret-new");
			client.getKubernetesVersion();
		}

		assertThat(credentials).containsExactly("Bearer secret-old", "Bearer secret-new");
	}

	@Test
	void sendsNameAndPassword() throws IOException {
		askForVersion(kubeconfig("server: \"" + api.address() + "\"", "username: u\n    password: p"), null);

		assertThat(credentials).containsExactly("Basic dTpw");
	}

	@Test
	void refusesACredentialPluginAndDoesNotRunIt() throws IOException {
		Path ran = directory.resolve("ran");
		Path plugin = plugin("touch " + ran);
		Path kubeconfig = kubeconfig("server: \"" + api.address() + "\"", exec(plugin.toString()));

		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> clients.fromKubeconfig(kubeconfig, null, CredentialPlugins.REFUSED))
			.withMessage("kubeconfig '%s' wants the program '%s' to be run for its credentials", kubeconfig, plugin)
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.INVALID_CONFIGURATION));
		assertThat(ran).doesNotExist();
	}

	@Test
	void runsAnAllowedPluginOnceUntilItsTokenExpires() throws IOException {
		Path runs = directory.resolve("runs");
		plugin("""
				echo "$1 $STAGE $KUBERNETES_EXEC_INFO" >> %s
				echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1",'
				echo '"status":{"token":"secret-exec","expirationTimestamp":"2026-01-01T01:00:00Z"}}'"""
			.formatted(runs));
		Path kubeconfig = kubeconfig("server: \"" + api.address() + "\"", exec("./plugin"));
		api.on("GET", remember()).on("GET", remember());
		MutableClock clock = MutableClock.of(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

		try (KubernetesClient client = new ClusterClients(CallBounds.DEFAULT, clock).fromKubeconfig(kubeconfig, null,
				CredentialPlugins.RUN)) {
			client.getKubernetesVersion();
			client.getKubernetesVersion();
		}

		assertThat(credentials).containsExactly("Bearer secret-exec", "Bearer secret-exec");
		assertThat(runs).content()
			.isEqualTo("login test {\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\","
					+ "\"spec\":{\"interactive\":false}}\n");
	}

	@Test
	void runsThePluginAgainWhenItsTokenIsAboutToExpire() throws IOException {
		plugin("""
				echo '{"status":{"token":"secret-exec","expirationTimestamp":"2026-01-01T01:00:00Z"}}'
				echo ran >> %s""".formatted(directory.resolve("runs")));
		Kubeconfig kubeconfig = Kubeconfig.read(kubeconfig("server: \"" + api.address() + "\"", exec("./plugin")),
				null);
		MutableClock clock = MutableClock.of(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
		ExecToken token = new ExecToken(kubeconfig, kubeconfig.user().getExec(), clock);

		token.getToken();
		clock.add(Duration.ofMinutes(59).plusSeconds(31));
		token.getToken();

		assertThat(directory.resolve("runs")).content().isEqualTo("ran\nran\n");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "exit 3|failed with exit code 3", "echo secret-noise|printed no JSON",
			"echo '{\"status\":{}}'|printed no token",
			"echo '{\"status\":{\"token\":\"t\",\"expirationTimestamp\":\"soon\"}}'|printed an expiry that is no time" })
	void refusesWhatABrokenPluginPrintsAndDoesNotQuoteIt(String script, String complaint) throws IOException {
		plugin(script);
		Kubeconfig kubeconfig = Kubeconfig.read(kubeconfig("server: \"" + api.address() + "\"", exec("./plugin")),
				null);
		ExecToken token = new ExecToken(kubeconfig, kubeconfig.user().getExec(), Clock.systemUTC());

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(token::getToken)
			.withMessage("the credential plugin './plugin' of kubeconfig '%s' %s", kubeconfig.file(), complaint)
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.MISSING_CREDENTIALS));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"insecure-skip-tls-verify: true|says insecure-skip-tls-verify: the credentials would go to whoever answers",
			"tls-server-name: other|says tls-server-name, which is not supported",
			"proxy-url: socks5://127.0.0.1:1|says proxy-url, which is not supported",
			"certificate-authority-data: '***'|has a certificate authority that is not base64" })
	void refusesAClusterEntryItWouldNotHonour(String field, String complaint) throws IOException {
		Path kubeconfig = kubeconfig("server: https://127.0.0.1:1\n    " + field, "token: secret");

		assertRefused(kubeconfig, complaint);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "auth-provider: {name: oidc, config: {}}|says auth-provider, which is not supported",
					"as: admin|says as, which is not supported",
					"as-groups: [a]|says as-groups, which is not supported",
					"as-uid: '1'|says as-uid, which is not supported",
					"as-user-extra: {a: [b]}|says as-user-extra, which is not supported" })
	void refusesAUserEntryItWouldNotHonour(String field, String complaint) throws IOException {
		Path kubeconfig = kubeconfig("server: https://127.0.0.1:1", "token: secret\n    " + field);

		assertRefused(kubeconfig, complaint);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "127.0.0.1:6443|has a server address that is no URL",
					"ftp://host|has the server address 'ftp://host'", "'https://user:pw@host'|has the server address",
					"|has the server address 'null'" })
	void refusesAnAddressThatIsNone(String server, String complaint) throws IOException {
		Path kubeconfig = kubeconfig("server: " + (server != null ? server : ""), "token: secret");

		assertRefused(kubeconfig, complaint);
	}

	@Test
	void refusesAFileThatIsNoKubeconfigWithoutQuotingIt() throws IOException {
		Path file = Files.writeString(directory.resolve("secrets"), "password: [hunter2");

		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> clients.fromKubeconfig(file, null, CredentialPlugins.REFUSED))
			.withMessageStartingWith("kubeconfig '" + file + "' is no kubeconfig: ")
			.satisfies(failure -> assertThat(failure).hasNoCause())
			.satisfies(failure -> assertThat(failure.fact()).doesNotContain("hunter2"));
	}

	@Test
	void refusesAYamlBomb() throws IOException {
		StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
		for (int i = 1; i < 12; i++) {
			bomb.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(10)));
		}
		Path file = Files.writeString(directory.resolve("bomb"), bomb);

		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> clients.fromKubeconfig(file, null, CredentialPlugins.REFUSED));
	}

	@Test
	void refusesAFileThatIsTooLarge() throws IOException {
		Path file = Files.write(directory.resolve("large"), new byte[BoundedFile.MAX_BYTES + 1]);

		assertRefused(file, "is larger than 1048576 bytes");
	}

	@Test
	void refusesAFileThatIsNotThere() {
		assertRefused(directory.resolve("nowhere"), "does not exist");
	}

	@ParameterizedTest
	@CsvSource({ "third, has no context 'third'", "no-cluster, has no cluster 'gone'", "no-user, has no user 'gone'" })
	void refusesAContextThatIsIncomplete(String context, String complaint) throws IOException {
		Path kubeconfig = kubeconfig("server: https://127.0.0.1:1", "token: secret");

		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> clients.fromKubeconfig(kubeconfig, context, CredentialPlugins.REFUSED))
			.withMessage("kubeconfig '%s' %s", kubeconfig, complaint);
	}

	@Test
	void refusesCertificatesThatAreNone() throws IOException {
		Path kubeconfig = kubeconfig("server: https://127.0.0.1:1\n    certificate-authority-data: bm90aGluZw==",
				"token: secret");

		assertRefused(kubeconfig, "has a certificate authority that cannot be read");
	}

	@Test
	void refusesAClientKeyThatIsNone() throws IOException {
		Path kubeconfig = kubeconfig("server: https://127.0.0.1:1",
				"client-certificate-data: bm90aGluZw==\n    client-key-data: bm90aGluZw==");

		assertRefused(kubeconfig, "has certificates or a key that cannot be used");
	}

	@Test
	void refusesACertificateWithoutItsKey() throws IOException {
		Path kubeconfig = kubeconfig("server: https://127.0.0.1:1", "client-certificate-data: bm90aGluZw==");

		assertRefused(kubeconfig, "has only one of client certificate and client key");
	}

	@Test
	void knowsItsServerFromThePodsEnvironment() {
		assertThat(ServiceAccount.of(Map.of("KUBERNETES_SERVICE_HOST", "10.43.0.1", "KUBERNETES_SERVICE_PORT", "443"))
			.server()).isEqualTo("https://10.43.0.1:443");
		assertThat(ServiceAccount.of(Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "443"))
			.server()).isEqualTo("https://[fd00::1]:443");
	}

	@Test
	void isNoPodWithoutThatEnvironment() {
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> ServiceAccount.of(Map.of()))
			.withMessage("KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set: this is no pod");
	}

	private void assertRefused(Path kubeconfig, String complaint) {
		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> clients.fromKubeconfig(kubeconfig, null, CredentialPlugins.REFUSED))
			.withMessageContaining(kubeconfig.toString())
			.withMessageContaining(complaint)
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.INVALID_CONFIGURATION));
	}

	private void askForVersion(Path kubeconfig, String context) {
		api.on("GET", remember());
		try (KubernetesClient client = clients.fromKubeconfig(kubeconfig, context, CredentialPlugins.REFUSED)) {
			assertThat(client.getKubernetesVersion().getMinor()).isEqualTo("33");
		}
	}

	private Reply remember() {
		return (exchange, closed) -> {
			credentials.add(exchange.getRequestHeaders().getFirst("Authorization"));
			Reply.json(200, VERSION).send(exchange, closed);
		};
	}

	private Path plugin(String script) throws IOException {
		Path plugin = Files.writeString(directory.resolve("plugin"), "#!/bin/sh\n" + script + "\n");
		return Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwx------"));
	}

	private static String exec(String command) {
		return """
				exec:
				      apiVersion: client.authentication.k8s.io/v1
				      command: "%s"
				      args: [login]
				      env: [{name: STAGE, value: test}]""".formatted(command);
	}

	private Path kubeconfig(String cluster, String user) throws IOException {
		return Files.writeString(directory.resolve("kubeconfig"), """
				apiVersion: v1
				kind: Config
				current-context: first
				contexts:
				- name: first
				  context: {cluster: one, user: one}
				- name: second
				  context: {cluster: one, user: two}
				- name: no-cluster
				  context: {cluster: gone, user: one}
				- name: no-user
				  context: {cluster: one, user: gone}
				clusters:
				- name: one
				  cluster:
				    %s
				users:
				- name: one
				  user:
				    %s
				- name: two
				  user: {token: secret-2}
				""".formatted(cluster, user));
	}

}
