package dev.longhaul.scheduler.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.credential.SecretFile;
import dev.longhaul.scheduler.run.RunCause;
import dev.longhaul.scheduler.run.RunFigures;
import dev.longhaul.scheduler.run.RunFigures.StoreUse;
import dev.longhaul.scheduler.run.RunId;
import dev.longhaul.scheduler.run.RunKind;
import dev.longhaul.scheduler.run.RunOutcome;
import dev.longhaul.scheduler.run.RunRecord;
import dev.longhaul.scheduler.run.RunStep;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

/**
 * What a receiver of OTLP gets, over HTTP, and what becomes of runs when it does not take
 * it.
 */
class RunTracesTest {

	private static final Instant BEGAN = Instant.parse("2026-11-22T02:30:00Z");

	private static final RunId RUN = new RunId("01a207f5-4785-7000-acc5-0e09ab2337e8");

	private static final List<RunStep> STEPS = List
		.of(new RunStep("", "preflight", RunStep.State.DONE, BEGAN, at(1), "", 0),
				new RunStep("gitea", "snapshots", RunStep.State.DONE, at(1), at(3), "2 taken", 0), new RunStep("gitea",
						"backup", RunStep.State.FAILED, at(3), at(60), "the bucket said secret things", 4096),
				new RunStep("gitea", "read back", RunStep.State.SKIPPED, null, null, "", 0));

	private final Queue<Span> received = new ConcurrentLinkedQueue<>();

	private final Queue<String> authorizations = new ConcurrentLinkedQueue<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final CountDownLatch hanging = new CountDownLatch(1);

	private HttpServer receiver;

	@TempDir
	private Path directory;

	@BeforeEach
	void listen() throws IOException {
		receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		receiver.setExecutor(threads);
		receiver.createContext("/v1/traces", this::receive);
		receiver.createContext("/hangs", exchange -> awaitTheEnd());
		receiver.start();
	}

	@AfterEach
	void close() {
		hanging.countDown();
		receiver.stop(0);
		threads.shutdownNow();
	}

	@Test
	void tellsARunWithItsApplicationsAndTheirSteps() {
		try (RunTraces traces = new RunTraces(url("/v1/traces"), null, run -> STEPS)) {
			traces.ended(run(new RunOutcome.Unproven(), at(61)));
			await().until(() -> received.size() == 5);
		}

		Span run = named("run nightly");
		assertThat(received).allSatisfy(
				span -> assertThat(hex(span.getTraceId().toByteArray())).isEqualTo("01a207f547857000acc50e09ab2337e8"));
		assertThat(run.getParentSpanId().isEmpty()).isTrue();
		assertThat(run.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
		assertThat(took(run)).isEqualTo(Duration.ofSeconds(61));
		assertThat(named("preflight").getParentSpanId()).isEqualTo(run.getSpanId());
		assertThat(named("gitea").getParentSpanId()).isEqualTo(run.getSpanId());
		assertThat(took(named("gitea"))).isEqualTo(Duration.ofSeconds(59));
		assertThat(named("backup").getParentSpanId()).isEqualTo(named("gitea").getSpanId());
		assertThat(named("backup").getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
		assertThat(named("snapshots").getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
		assertThat(run.getAttributesList()).anySatisfy(attribute -> {
			assertThat(attribute.getKey()).isEqualTo("longhaul.store.default.calls.b");
			assertThat(attribute.getValue().getIntValue()).isEqualTo(137);
		});
	}

	@Test
	void ofAFailureOnlyTheCodeLeaves() {
		try (RunTraces traces = new RunTraces(url("/v1/traces"), null, run -> STEPS)) {
			traces.ended(run(new RunOutcome.Failed(FailureCode.TARGET_REFUSED, "the bucket said secret things", "wait"),
					at(61)));
			await().until(() -> received.size() == 5);
		}

		assertThat(named("run nightly").getStatus().getMessage()).isEqualTo("TARGET_REFUSED");
		assertThat(received.toString()).contains("TARGET_REFUSED").doesNotContain("secret things");
	}

	@Test
	void sendsTheTokenOfItsFileAsItIsWhenItIsSent() throws IOException {
		Path token = Files.writeString(directory.resolve("token"), "old\n");
		try (RunTraces traces = new RunTraces(url("/v1/traces"), new SecretFile(token), run -> STEPS)) {
			Files.writeString(token, "new\n");
			traces.ended(run(new RunOutcome.Proven(), at(61)));
			await().until(() -> received.size() == 5);
		}

		assertThat(authorizations).containsOnly("Bearer new");
	}

	@Test
	void aRunThatNeverBeganIsNoTrace() {
		try (RunTraces traces = new RunTraces(url("/v1/traces"), null, run -> STEPS)) {
			RunRecord waited = new RunRecord(RUN, new JobName("nightly"), RunKind.BACKUP, BEGAN, 1,
					new RunCause.ByHand("ada"), null, null, at(1), new RunOutcome.Cancelled("ada"), null);
			traces.ended(waited);
		}

		assertThat(received).isEmpty();
	}

	@Test
	void aReceiverThatHangsOrIsAwayHoldsUpNothing() {
		URI away = URI.create("http://127.0.0.1:1/v1/traces");
		for (URI endpoint : List.of(url("/hangs"), away)) {
			RunTraces traces = new RunTraces(endpoint, null, run -> STEPS);

			assertTimeout(Duration.ofSeconds(30), () -> {
				for (int run = 0; run < 1_000; run++) {
					traces.ended(run(new RunOutcome.Proven(), at(61)));
				}
				traces.close();
			}, () -> endpoint + " holds runs up");
		}
	}

	private static RunRecord run(RunOutcome outcome, Instant ended) {
		return new RunRecord(RUN, new JobName("nightly"), RunKind.BACKUP, BEGAN, 1, new RunCause.ByHand("ada"),
				"5f0c1d2e", BEGAN, ended, outcome,
				new RunFigures(List.of(new StoreUse("default", 2, 137, 21, 11_700, 121_000_000)), new TreeMap<>()));
	}

	private static Instant at(int seconds) {
		return BEGAN.plusSeconds(seconds);
	}

	private Span named(String name) {
		return received.stream().filter(span -> span.getName().equals(name)).findFirst().orElseThrow();
	}

	private static Duration took(Span span) {
		return Duration.ofNanos(span.getEndTimeUnixNano() - span.getStartTimeUnixNano());
	}

	private static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

	private URI url(String path) {
		return URI.create("http://127.0.0.1:%d%s".formatted(receiver.getAddress().getPort(), path));
	}

	private void receive(HttpExchange exchange) {
		try (exchange) {
			String authorization = exchange.getRequestHeaders().getFirst("Authorization");
			if (authorization != null) {
				authorizations.add(authorization);
			}
			ExportTraceServiceRequest.parseFrom(exchange.getRequestBody())
				.getResourceSpansList()
				.forEach(resource -> resource.getScopeSpansList()
					.forEach(scope -> received.addAll(scope.getSpansList())));
			exchange.sendResponseHeaders(200, -1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void awaitTheEnd() {
		try {
			hanging.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
