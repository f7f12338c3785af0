package dev.longhaul.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.time.Pause;
import dev.longhaul.scheduler.wiring.Server;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long people wait for a page of a server that knows 2,000 volumes and 100,000
 * restore points, over HTTP, from the first byte asked for to the last one answered. The
 * server has the JVM's options of its program.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1,
		jvmArgsAppend = { "-XX:+UseSerialGC", "-Xms64m", "-XX:MinHeapFreeRatio=20", "-XX:MaxHeapFreeRatio=40" })
@Warmup(iterations = 2, time = 10)
@Measurement(iterations = 3, time = 10)
public class ServedPagesBenchmark {

	private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

	private static final int MOST_LOOKS = 600;

	private final HttpClient client = HttpClient.newHttpClient();

	private @Nullable Server server;

	private @Nullable TemporaryDirectory directory;

	private String token = "";

	@Setup(Level.Trial)
	public void serve(LedgerState state) throws IOException, InterruptedException {
		TemporaryDirectory made = TemporaryDirectory.create();
		this.directory = made;
		Path tokenFile = made.path().resolve("token");
		Server serving = Server.serve(configuration(made.path(), state.documents(), tokenFile), new StopSignal());
		this.server = serving;
		this.token = Files.readString(tokenFile).strip();
		serving.standing().start();
		awaitLedger();
	}

	/** A cluster that is never asked, and nothing but what the documents tell. */
	private static Path configuration(Path directory, Path documents, Path tokenFile) throws IOException {
		Path kubeconfig = Files.writeString(directory.resolve("kubeconfig"), """
				apiVersion: v1
				kind: Config
				current-context: none
				clusters: [{name: none, cluster: {server: "https://127.0.0.1:1"}}]
				contexts: [{name: none, context: {cluster: none, user: none}}]
				users: [{name: none, user: {token: none}}]
				""");
		return Files.writeString(directory.resolve("longhaul.yaml"), """
				longhaul:
				  cluster: {kubeconfig: "%s", site: home}
				  target: {url: "file://%s"}
				  database: "%s"
				  server: {port: 0, first-token-file: "%s"}
				  applications: [{name: none, claims: [none/none]}]
				""".formatted(kubeconfig, documents, directory.resolve("longhaul"), tokenFile));
	}

	@Benchmark
	public int overview() throws IOException, InterruptedException {
		return length("/", "text/html");
	}

	@Benchmark
	public int applicationPage() throws IOException, InterruptedException {
		return length("/applications/application-0042", "text/html");
	}

	@Benchmark
	public int verificationPage() throws IOException, InterruptedException {
		return length("/verification", "text/html");
	}

	@Benchmark
	public int hundredApplicationsOverRest() throws IOException, InterruptedException {
		return length("/api/v1/applications?limit=100", "application/json");
	}

	/** Until then, there is nothing to measure. */
	private void awaitLedger() throws IOException, InterruptedException {
		for (int look = 0; look < MOST_LOOKS; look++) {
			if (new String(get("/api/v1/ledger", "application/json"), StandardCharsets.UTF_8).contains("completeAt")) {
				length("/api/v1/applications/application-0042", "application/json");
				return;
			}
			Pause.real().of(BETWEEN_LOOKS);
		}
		throw new IOException("the server has not read its bucket in time");
	}

	private int length(String path, String type) throws IOException, InterruptedException {
		return get(path, type).length;
	}

	private byte[] get(String path, String type) throws IOException, InterruptedException {
		URI address = Objects.requireNonNull(server, "not served yet").address().resolve(path);
		HttpResponse<byte[]> answer = client.send(HttpRequest.newBuilder(address)
			.header("Authorization", "Bearer " + token)
			.header("Accept", type)
			.build(), BodyHandlers.ofByteArray());
		if (answer.statusCode() != 200) {
			throw new IOException("%s answers %d: %s".formatted(path, answer.statusCode(),
					new String(answer.body(), StandardCharsets.UTF_8)));
		}
		return answer.body();
	}

	@TearDown(Level.Trial)
	public void stop() throws IOException {
		if (server != null) {
			server.close();
		}
		if (directory != null) {
			directory.close();
		}
	}

}
