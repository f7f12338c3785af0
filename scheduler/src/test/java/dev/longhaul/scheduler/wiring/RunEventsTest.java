package dev.longhaul.scheduler.wiring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.access.NewToken;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.access.TokenOrder;
import dev.longhaul.scheduler.live.Audience;
import dev.longhaul.scheduler.run.RunCause;
import dev.longhaul.scheduler.run.RunEvent.Work;
import dev.longhaul.scheduler.run.RunFloor;
import dev.longhaul.scheduler.run.RunLine;
import dev.longhaul.scheduler.run.RunOrder;
import dev.longhaul.scheduler.run.RunningRun;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs are watched over real connections, by readers who come back, who may not stay, and
 * who do not read.
 */
class RunEventsTest {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	@TempDir
	private Path directory;

	private Server server;

	private final List<Going> going = new ArrayList<>();

	@BeforeEach
	void serve() {
		server = ServedConfiguration.in(directory).serve();
	}

	@AfterEach
	void close() {
		going.forEach(Going::end);
		server.close();
	}

	@Test
	void aRunIsToldWhileItHappensUntilItIsOver() {
		Going run = begin();
		Heard heard = follow(run, token(), null);
		assertThat(heard.answer.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=UTF-8");
		assertThat(heard.answer.headers().firstValue("Cache-Control")).hasValue("no-store");

		run.now.say(RunLine.Level.WARNING, "two\nlines");
		heard.until("id: 2");
		run.now.progressed("gitea/db", Work.UPLOAD, 40, 100);
		heard.until("id: 3");
		assertThat(heard.lines).noneMatch(line -> line.contains("ended"));
		run.end();
		heard.untilTheEnd();

		assertThat(heard.text().replaceAll("\"at\":\"[0-9TZ:.-]+\"", "\"at\":\"…\"")).isEqualTo("""
				retry: 3000

				id: 1
				event: said
				data: {"at":"…","line":1,"level":"WARNING","text":"two"}

				id: 2
				event: said
				data: {"at":"…","line":2,"level":"WARNING","text":"lines"}

				id: 3
				event: progressed
				data: {"at":"…","subject":"gitea/db","work":"upload","done":40,"of":100,"unit":"%"}

				id: 4
				event: ended
				data: {"at":"…","outcome":"proven"}

				: the run is over
				""");
	}

	@Test
	void whoComesBackHearsOnlyWhatTheyMissedAndTheEndInAnyCase() {
		Going run = begin();
		for (int i = 1; i <= 5; i++) {
			run.now.progressed("gitea", Work.READ_BACK, i, 5);
		}
		run.end();

		assertThat(follow(run, token(), "3").untilTheEnd().ids()).containsExactly("4", "5", "6");
		assertThat(follow(run, token(), "6").untilTheEnd().ids()).containsExactly("6");
		assertThat(follow(run, token(), "999999999999999999").untilTheEnd().ids()).containsExactly("6");
	}

	@Test
	void whatCannotBeFollowedIsAProblemBeforeTheFirstByte() {
		HttpCalls caller = HttpCalls.to(server).with(token().secret().reveal());
		String unknown = "/api/v1/runs/" + UUID.randomUUID() + "/events";
		Going run = begin();

		assertProblem(caller.get(unknown), 404, "RUN_NOT_FOUND");
		assertProblem(caller.send(caller.request(run.path()).header("Last-Event-ID", "-1")), 400, "INVALID_USAGE");
		assertThat(caller.send(caller.request(run.path()).method("HEAD", HttpRequest.BodyPublishers.noBody())).body())
			.isEmpty();
	}

	@Test
	void oneCallerTakesSoManySeatsAndNobodyElses() {
		Going run = begin();
		NewToken greedy = token();
		List<Heard> seats = Stream.generate(() -> follow(run, greedy, null)).limit(8).toList();

		HttpResponse<String> ninth = HttpCalls.to(server).with(greedy.secret().reveal()).get(run.path());

		assertProblem(ninth, 429, "TOO_MANY_CALLS");
		assertThat(ninth.headers().firstValue("Retry-After")).isPresent();
		assertThat(HttpCalls.json(ninth).get("hint").asString()).startsWith("close one of them");
		assertThat(follow(run, token(), null).answer.statusCode()).isEqualTo(200);

		seats.get(0).leave();
		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			server.context().getBean(Audience.class).pulse();
			HttpResponse<InputStream> again = open(run, greedy, null);
			again.body().close();
			assertThat(again.statusCode()).isEqualTo(200);
		});
	}

	@Test
	void nobodyStaysLongerThanTheirToken() {
		Going run = begin();
		NewToken token = token();
		Heard heard = follow(run, token, null);
		Heard other = follow(run, token(), null);

		server.tokens().revoke(token.token().id());
		server.context().getBean(Audience.class).pulse();

		heard.untilTheEnd();
		assertThat(heard.text()).contains(": the token is not valid any more").doesNotContain("ended");
		other.until(": still there");
	}

	@Test
	void theServerDoesNotWaitForThoseWhoWatch() {
		Going run = begin();
		Heard heard = follow(run, token(), null);
		Instant before = Clock.systemUTC().instant();

		going.forEach(Going::end);
		Going second = begin();
		Heard last = follow(second, token(), null);
		server.close();

		assertThat(Duration.between(before, Clock.systemUTC().instant())).isLessThan(Duration.ofSeconds(8));
		heard.untilTheEnd();
		last.untilTheEnd();
		assertThat(last.text()).contains(": the server stops");
	}

	@Test
	void whoDoesNotReadIsDroppedAndHoldsNobodyUp() throws IOException {
		Going run = begin();
		Heard other = follow(run, token(), null);
		try (Socket deaf = new Socket()) {
			deaf.setReceiveBufferSize(4096);
			deaf.setSoTimeout(20_000);
			deaf.connect(new InetSocketAddress(server.address().getHost(), server.address().getPort()));
			deaf.getOutputStream()
				.write("GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
					.formatted(run.path(), token().secret().reveal())
					.getBytes(StandardCharsets.US_ASCII));
			String wide = "w".repeat(20_000);
			for (int i = 1; i <= 800; i++) {
				run.now.progressed(wide, Work.READ_BACK, i, 800);
				other.until("id: " + i);
			}
			run.end();
			other.untilTheEnd();

			String heard = new String(deaf.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

			assertThat(heard).contains(": read too slowly; come back with Last-Event-ID")
				.doesNotContain("event: ended");
		}
		assertThat(other.ids()).hasSize(801);
	}

	private static void assertProblem(HttpResponse<String> answer, int status, String code) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(HttpCalls.json(answer).get("code").asString()).isEqualTo(code);
	}

	private NewToken token() {
		return server.tokens().create(new TokenOrder("watcher", Set.of(Scope.READ), null), "test");
	}

	private Going begin() {
		Going run = new Going(server.floor());
		going.add(run);
		return run;
	}

	private Heard follow(Going run, NewToken token, String after) {
		HttpResponse<InputStream> answer = open(run, token, after);
		assertThat(answer.statusCode()).isEqualTo(200);
		return new Heard(answer);
	}

	private HttpResponse<InputStream> open(Going run, NewToken token, String after) {
		HttpRequest.Builder request = HttpCalls.to(server).with(token.secret().reveal()).request(run.path());
		return CLIENT
			.sendAsync(((after != null) ? request.header("Last-Event-ID", after) : request).build(),
					BodyHandlers.ofInputStream())
			.orTimeout(20, TimeUnit.SECONDS)
			.join();
	}

	/** A run that goes on until the test has seen enough. */
	private static final class Going implements RunFloor.Work {

		private final CountDownLatch begun = new CountDownLatch(1);

		private final CountDownLatch enough = new CountDownLatch(1);

		private final CompletableFuture<Void> over;

		private RunningRun now;

		Going(RunFloor floor) {
			RunOrder order = new RunOrder(new JobName("nightly"), Instant.parse("2026-11-22T02:30:00Z"),
					new RunCause.ByTheClock());
			over = CompletableFuture.runAsync(() -> floor.carryOut(order, null, "40db5536", this));
			await(begun);
		}

		@Override
		public NightEnd carryOut(RunningRun run) {
			now = run;
			begun.countDown();
			await(enough);
			return NightEnd.PROVEN;
		}

		@Override
		public void failed(RunningRun run, Throwable failure) {
			throw new AssertionError(failure);
		}

		String path() {
			return "/api/v1/runs/" + now.begun().id() + "/events";
		}

		/** Whatever comes of it: the server may be gone. */
		void end() {
			enough.countDown();
			over.handle((done, failure) -> null).join();
		}

		private static void await(CountDownLatch latch) {
			try {
				assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	/** One who reads what comes as it comes. */
	private static final class Heard {

		private final HttpResponse<InputStream> answer;

		private final List<String> lines = new CopyOnWriteArrayList<>();

		private final CompletableFuture<Void> end;

		Heard(HttpResponse<InputStream> answer) {
			this.answer = answer;
			this.end = CompletableFuture.runAsync(this::read, work -> {
				Thread reader = new Thread(work, "reader");
				reader.setDaemon(true);
				reader.start();
			});
		}

		private void read() {
			new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)).lines()
				.forEach(lines::add);
		}

		void until(String line) {
			Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> lines.contains(line));
		}

		Heard untilTheEnd() {
			end.orTimeout(20, TimeUnit.SECONDS).join();
			return this;
		}

		List<String> ids() {
			return lines.stream().filter(line -> line.startsWith("id: ")).map(line -> line.substring(4)).toList();
		}

		/** With the empty line at the end, as lines are counted. */
		String text() {
			return String.join("\n", lines);
		}

		void leave() {
			try {
				answer.body().close();
			}
			catch (IOException ex) {
				throw new AssertionError(ex);
			}
		}

	}

}
