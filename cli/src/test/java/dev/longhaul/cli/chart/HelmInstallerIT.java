package dev.longhaul.cli.chart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.secret.NamedSecret;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.core.secret.SecretRef;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import dev.longhaul.longhorn.testing.ControlPlane;
import dev.longhaul.restore.bootstrap.ChartRelease;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Charts brought into a real Kubernetes API, from this machine and from a repository. The
 * embedded API of the simulator cannot say which kinds it knows, and Helm asks.
 */
class HelmInstallerIT {

	private static final Clock CLOCK = Clock.systemUTC();

	private static final String SECRET = """
			apiVersion: v1
			kind: Secret
			metadata: {name: made, namespace: {{ .Release.Namespace }}}
			stringData: {password: {{ .Values.password | quote }}}
			""";

	/** No kubelet ever runs it, so Helm waits. */
	private static final String NEVER_DONE = """
			apiVersion: batch/v1
			kind: Job
			metadata:
			  name: never-done
			  annotations: {helm.sh/hook: pre-install}
			spec:
			  template:
			    spec: {restartPolicy: Never, containers: [{name: a, image: example.org/a}]}
			""";

	@TempDir
	private static Path shared;

	private static @Nullable ControlPlane controlPlane;

	private static LonghornConnection cluster;

	@TempDir
	private Path directory;

	private HttpServer repository;

	@BeforeAll
	static void startCluster() {
		controlPlane = ControlPlane.startOrAbort(shared.resolve("control-plane"));
		cluster = LonghornConnection.fromKubeconfig(controlPlane.kubeconfig(), null, CredentialPlugins.REFUSED,
				"longhorn-system", CLOCK);
	}

	@AfterAll
	static void stopCluster() {
		if (controlPlane != null) {
			cluster.close();
			controlPlane.close();
		}
	}

	@BeforeEach
	void startRepository() throws IOException {
		Path files = Files.createDirectory(directory.resolve("repository"));
		repository = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		repository.createContext("/", exchange -> {
			try (exchange) {
				Path file = files.resolve(exchange.getRequestURI().getPath().substring(1));
				boolean isThere = Files.isRegularFile(file);
				exchange.sendResponseHeaders(isThere ? 200 : 404, isThere ? Files.size(file) : -1);
				if (isThere) {
					Files.copy(file, exchange.getResponseBody());
				}
			}
		});
		repository.start();
	}

	@AfterEach
	void stopRepository() {
		repository.stop(0);
	}

	private String url() {
		return "http://127.0.0.1:" + repository.getAddress().getPort();
	}

	private static Path kubeconfig() {
		return Objects.requireNonNull(controlPlane).kubeconfig();
	}

	private ChartRelease release(String namespace, String version) {
		return new ChartRelease("small", namespace, "small", url(), version, "password: planted-1");
	}

	private static HelmInstaller installer(@Nullable Path local) {
		return new HelmInstaller(kubeconfig(), null, local, CLOCK);
	}

	private static Secret password(String namespace) {
		return cluster.namedSecrets()
			.find(new SecretRef(namespace, "made"))
			.map(NamedSecret::data)
			.map(data -> data.get("password"))
			.orElse(Secret.of(""));
	}

	private Path chart(String version, String template) throws IOException {
		Path chart = directory.resolve("charts-" + version).resolve("small");
		Files.createDirectories(chart.resolve("templates"));
		Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: small\nversion: %s\n".formatted(version));
		Files.writeString(chart.resolve("values.yaml"), "password: of-the-chart\n");
		Files.writeString(chart.resolve("templates/all.yaml"), template);
		return chart;
	}

	private void publish(Path chart, String version) throws Exception {
		Path archive = directory.resolve("repository/small-%s.tgz".formatted(version));
		assertThat(new ProcessBuilder("tar", "-C", chart.getParent().toString(), "-czf", archive.toString(), "small")
			.start()
			.waitFor()).isZero();
		Files.writeString(directory.resolve("repository/index.yaml"), """
				apiVersion: v1
				entries:
				  small:
				    - {apiVersion: v2, name: small, version: %s, urls: [small-%s.tgz]}
				""".formatted(version, version));
	}

	@Test
	void installsAChartOfThisMachineOnce() throws IOException {
		HelmInstaller installer = installer(chart("0.1.0", SECRET));
		installer.install(release("from-directory", "0.1.0"));
		assertThat(password("from-directory")).isEqualTo(Secret.of("planted-1"));

		ChartRelease other = new ChartRelease("small", "from-directory", "small", url(), "9.9.9",
				"password: planted-2");
		installer.install(other);

		assertThat(password("from-directory")).as("what is there stays").isEqualTo(Secret.of("planted-1"));
		assertThat(cluster.namedSecrets().find(SecretRef.parse("from-directory/sh.helm.release.v1.small.v2")))
			.isEmpty();
	}

	@Test
	void installsAChartOfARepository() throws Exception {
		publish(chart("0.2.0", SECRET), "0.2.0");

		installer(null).install(release("from-repository", "0.2.0"));

		assertThat(password("from-repository")).isEqualTo(Secret.of("planted-1"));
	}

	@Test
	void saysThatThereIsNoSuchVersion() throws Exception {
		publish(chart("0.2.0", SECRET), "0.2.0");

		RefusedRequest refusal = catchThrowableOfType(RefusedRequest.class,
				() -> installer(null).install(release("wrong-version", "7.7.7")));

		assertThat(refusal.code()).isEqualTo(FailureCode.CHART_REFUSED);
		assertThat(refusal.fact()).contains("chart small 7.7.7 is not to be had").contains("7.7.7 not found");
	}

	@Test
	void saysThatTheRepositoryIsNotReached() throws IOException {
		String nobody;
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			nobody = "http://127.0.0.1:" + free.getLocalPort();
		}
		ChartRelease unreachable = new ChartRelease("small", "unreachable", "small", nobody, "0.1.0", "");

		TransientFailure failure = catchThrowableOfType(TransientFailure.class,
				() -> installer(null).install(unreachable));

		assertThat(failure.code()).isEqualTo(FailureCode.CHART_UNREACHABLE);
		assertThat(failure.fact()).contains(nobody, "connection refused");
		RefusedRequest empty = catchThrowableOfType(RefusedRequest.class,
				() -> installer(null).install(release("unreachable", "0.1.0")));
		assertThat(empty.code()).isEqualTo(FailureCode.CHART_REFUSED);
	}

	@Test
	void saysThatTheClusterIsNotReached() throws IOException {
		String content = Files.readString(kubeconfig());
		Path away = Files.writeString(directory.resolve("away"),
				content.replaceAll("https://[0-9.]+:[0-9]+", "https://127.0.0.1:1"));
		HelmInstaller installer = new HelmInstaller(away, null, chart("0.1.0", SECRET), CLOCK);

		TransientFailure failure = catchThrowableOfType(TransientFailure.class,
				() -> installer.install(release("away", "0.1.0")));

		assertThat(failure.code()).isEqualTo(FailureCode.CLUSTER_UNREACHABLE);
	}

	/**
	 * What the cluster refused is finished once it is right, and not begun a second time.
	 */
	@Test
	void saysWhatTheClusterRefusesAndFinishesItLater() throws IOException {
		ChartRelease release = release("refused", "0.3.0");
		HelmInstaller wrong = installer(chart("0.3.0",
				SECRET + "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Values.password | upper }}}\n"));
		LonghaulException refusal = catchThrowableOfType(LonghaulException.class, () -> wrong.install(release));
		assertThat(refusal).isInstanceOf(RefusedRequest.class);
		assertThat(refusal.code()).isEqualTo(FailureCode.CLUSTER_REFUSED);
		assertThat(refusal.fact()).contains("was not installed", "Invalid value").doesNotContainIgnoringCase("planted");

		installer(chart("0.3.0", SECRET)).install(release);

		assertThat(password("refused")).isEqualTo(Secret.of("planted-1"));
	}

	/** Told to stop, Helm leaves a release that can be finished, and no file. */
	@Test
	void stopsWhenItIsToldTo() throws Exception {
		ChartRelease release = release("stopped", "0.4.0");
		Path chart = chart("0.4.0", NEVER_DONE);
		Interrupted interrupted = new Interrupted(() -> installer(chart).install(release));
		awaitRelease("stopped");
		assertThat(directories()).hasSize(1);

		interrupted.interrupt();

		assertThat(interrupted.failure()).isInstanceOf(Interruption.class);
		assertThat(directories()).isEmpty();
		installer(chart("0.4.0", SECRET)).install(release);
		assertThat(password("stopped")).isEqualTo(Secret.of("planted-1"));
	}

	/** Nobody knows what a process was doing that was killed, so it is not guessed. */
	@Test
	void touchesNothingOfWhatSomebodyElseHasBegun() throws Exception {
		ChartRelease release = release("killed", "0.5.0");
		Path chart = chart("0.5.0", NEVER_DONE);
		Interrupted killed = new Interrupted(() -> installer(chart).install(release));
		awaitRelease("killed");

		ProcessHandle.current().descendants().filter(HelmInstallerIT::isHelm).forEach(ProcessHandle::destroyForcibly);

		assertThat(killed.failure()).isInstanceOf(OutcomeUnknown.class).hasMessageContaining("ended with status");
		OutcomeUnknown unknown = catchThrowableOfType(OutcomeUnknown.class,
				() -> installer(chart("0.5.0", SECRET)).install(release));
		assertThat(unknown.fact()).contains("pending-install");
		assertThat(unknown.hint()).contains("kubectl -n killed delete secret sh.helm.release.v1.small.v1");
	}

	private static boolean isHelm(ProcessHandle process) {
		return process.info().command().filter(command -> command.endsWith("/bin/java")).isPresent();
	}

	private static void awaitRelease(String namespace) {
		await().atMost(Duration.ofMinutes(1))
			.until(() -> cluster.namedSecrets()
				.find(new SecretRef(namespace, "sh.helm.release.v1.small.v1"))
				.isPresent());
	}

	private static List<Path> directories() throws IOException {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files.filter(path -> path.getFileName().toString().startsWith("longhaul-helm")).toList();
		}
	}

	/** Work in a thread that may be interrupted, and what ended it. */
	private static final class Interrupted {

		private volatile @Nullable Throwable failure;

		private final Thread thread;

		Interrupted(Runnable work) {
			thread = new Thread(work);
			thread.setUncaughtExceptionHandler((ended, thrown) -> failure = thrown);
			thread.start();
		}

		void interrupt() {
			thread.interrupt();
		}

		@Nullable Throwable failure() throws InterruptedException {
			thread.join(TimeUnit.MINUTES.toMillis(1));
			assertThat(thread.isAlive()).isFalse();
			return failure;
		}

	}

}
