package dev.longhaul.scheduler.wiring;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.gitops.definition.DefinitionReader;
import dev.longhaul.gitops.definition.ReadResult;
import dev.longhaul.gitops.repository.InForce;
import dev.longhaul.gitops.repository.Revision;
import dev.longhaul.scheduler.access.AuditRecord;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.access.TokenOrder;
import dev.longhaul.scheduler.run.RunCause;
import dev.longhaul.scheduler.run.RunEvent.Work;
import dev.longhaul.scheduler.run.RunFloor;
import dev.longhaul.scheduler.run.RunLine;
import dev.longhaul.scheduler.run.RunOrder;
import dev.longhaul.scheduler.run.RunStep.State;
import dev.longhaul.scheduler.run.RunningRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages of runs as a browser gets them.
 */
class RunPagesTest {

	private static final Instant DUE = Instant.parse("2026-11-22T02:30:00Z");

	private static final String DEFINITIONS = """
			apiVersion: longhaul.dev/v1
			kind: Application
			metadata: {name: gitea}
			spec: {namespace: gitea, volumes: [{claim: data}]}
			---
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata: {name: hostile}
			spec: {schedule: "30 2 * * *", timeZone: UTC}
			""";

	@TempDir
	private static Path directory;

	private static Server server;

	@BeforeAll
	static void serve() {
		server = ServedConfiguration.in(directory).serve();
		server.definitions().take(inForce());
	}

	private static InForce inForce() {
		ReadResult.Sound sound = (ReadResult.Sound) DefinitionReader.readAlone("all.yaml", DEFINITIONS);
		return new InForce(new Revision("0123456789".repeat(4), "Ada", DUE, "nights"), sound.definitions(),
				new InForce.Standing.Newest(), List.of());
	}

	@AfterAll
	static void close() {
		server.close();
	}

	private static Browser browser(Scope scope) {
		return Browser.of(server)
			.signIn(server.tokens().create(new TokenOrder("anna", Set.of(scope), null), "test").secret().reveal());
	}

	@Test
	void aRunThatIsOverShowsItsStepsItsFailureAndItsLog() {
		Running run = new Running("hostile", now -> {
			now.steps().begin("<b>gitea</b>", "backup");
			now.steps().end("<b>gitea</b>", "backup", State.DONE, "18 MiB, 2 MiB new", 2 << 20);
			now.steps().begin("nextcloud", "backup");
			now.say(RunLine.Level.INFO, "<script>alert(1)</script>");
			throw new RefusedRequest(FailureCode.BACKUP_FAILED, "engine crashed", "look at the engine");
		});
		run.over.join();

		String page = browser(Scope.OPERATE).get(run.path()).body();

		assertThat(page)
			.contains("engine crashed", "look at the engine", "<code title=", "BACKUP_FAILED",
					"<b>&lt;b&gt;gitea&lt;/b&gt;</b> backup", "18 MiB, 2 MiB new", "<b>nextcloud</b> backup",
					"succeeded", "&lt;script&gt;alert(1)", "href=\"?line=1#L1\"", "action=\"/jobs/hostile/run\"")
			.doesNotContain("<script>alert", "data-live=\"");
		assertThat(browser(Scope.READ).get(run.path()).body()).doesNotContain("<form class=\"action\"");
		assertThat(browser(Scope.READ).get("/runs").body()).contains(run.path(), "2 MiB", "failed");
	}

	@Test
	void aJobThatIsNotDeclaredAnyMoreIsNotOfferedToRun() {
		Running run = new Running("forgotten", now -> NightEnd.PROVEN);
		run.over.join();

		assertThat(browser(Scope.OPERATE).get(run.path()).body()).contains("forgotten")
			.doesNotContain("action=\"/jobs/forgotten/run\"");
		assertThat(browser(Scope.OPERATE).get("/runs").body()).contains("action=\"/jobs/hostile/run\"")
			.doesNotContain("action=\"/jobs/forgotten/run\"");
	}

	@Test
	void aLongLogShowsItsEndWhatContainsAWordAndAnyLineByItsLink() {
		Running run = new Running("long", now -> {
			for (int i = 1; i <= 1400; i++) {
				now.say(RunLine.Level.INFO, "Line of block " + i);
			}
			return NightEnd.PROVEN;
		});
		run.over.join();
		Browser browser = browser(Scope.READ);

		assertThat(browser.get(run.path()).body()).contains("id=\"L901\"", "id=\"L1400\"", "Lines 901 to 1400 of 1400")
			.doesNotContain("id=\"L900\"");
		assertThat(browser.get(run.path() + "?line=12").body())
			.contains("id=\"L1\"", "id=\"L12\"", "id=\"L500\"", "The newest")
			.doesNotContain("id=\"L501\"", "data-appends");
		assertThat(browser.get(run.path() + "?q=OF+block+77").body())
			.contains("id=\"L77\"", "id=\"L770\"", "id=\"L779\"", "show all 1400")
			.doesNotContain("id=\"L78\"", "data-appends");
		assertThat(browser.get(run.path() + "?line=99999999").body()).contains("id=\"L1400\"");
		assertThat(browser.get(run.path() + "?line=x&q=" + "%00".repeat(30)).statusCode()).isEqualTo(200);
	}

	@Test
	void aRunIsWatchedOnItsPageAndCancelledThere() {
		CountDownLatch enough = new CountDownLatch(1);
		Running run = new Running("live", now -> {
			now.say(RunLine.Level.INFO, "first");
			now.steps().begin("gitea", "read back");
			now.progressed("gitea", Work.READ_BACK, 0, 66, ByteSize.ZERO);
			now.progressed("gitea", Work.READ_BACK, 33, 66, ByteSize.ofMebibytes(12));
			Running.await(enough);
			assertThat(now.isCancelled()).isTrue();
			throw new Interruption("told to stop");
		});
		Browser browser = browser(Scope.OPERATE);
		HttpResponse<String> page = browser.get(run.path());
		assertThat(page.body()).contains("data-live=\"" + run.path() + "/live?after=1\"", "33 of 66 blocks, 12 MiB",
				"What is quiet is released first", "aria-current=\"step\"");

		CompletableFuture<HttpResponse<String>> live = CompletableFuture
			.supplyAsync(() -> browser.get(run.path() + "/live?after=0"));
		assertThat(browser.post(run.path() + "/cancel", Map.of()).statusCode()).as("without the form's value")
			.isEqualTo(403);
		assertThat(browser(Scope.READ).post(run.path() + "/cancel", Map.of("_csrf", Browser.csrf(page))).statusCode())
			.isEqualTo(403);
		HttpResponse<String> cancelled = browser.post(run.path() + "/cancel", Map.of("_csrf", Browser.csrf(page)));
		assertThat(cancelled.statusCode()).isEqualTo(303);
		assertThat(cancelled.headers().firstValue("Location")).hasValue(run.path());
		assertThat(browser.get(run.path()).body()).contains("The run is told to end");
		enough.countDown();
		run.over.join();

		assertThat(live.join().body()).contains("event: log\ndata: ", "<li id=\"L1\"", "event: end\ndata:\n");
		assertThat(browser.get(run.path()).body()).contains("cancelled", "interrupted");
		assertThat(server.auditLog().newestBefore(Long.MAX_VALUE, 10)).extracting(AuditRecord::toString)
			.anySatisfy(entry -> assertThat(entry).contains("POST /runs/{id}/cancel", "token anna (", "outcome=DONE"));
	}

	@Test
	void whatIsNoRunIsAPageThatSaysSo() {
		for (String id : new String[] { UUID.randomUUID().toString(), "%3Cb%3E", "1" }) {
			HttpResponse<String> page = browser(Scope.READ).get("/runs/" + id);
			assertThat(page.statusCode()).isEqualTo(404);
			assertThat(page.body()).contains("there is no run").doesNotContain("<b>'");
		}
		assertThat(browser(Scope.READ).get("/runs?before=x").statusCode()).isEqualTo(404);
	}

	/** A run that is carried out on a thread of its own. */
	private static final class Running implements RunFloor.Work {

		private final CountDownLatch begun = new CountDownLatch(1);

		private final Function<RunningRun, NightEnd> work;

		private final CompletableFuture<Void> over;

		private RunningRun now;

		Running(String job, Function<RunningRun, NightEnd> work) {
			this.work = work;
			this.over = CompletableFuture.runAsync(() -> server.floor()
				.carryOut(new RunOrder(new JobName(job), DUE, new RunCause.ByTheClock()), null, "40db5536", this));
			await(begun);
		}

		@Override
		public NightEnd carryOut(RunningRun run) {
			now = run;
			begun.countDown();
			return work.apply(run);
		}

		@Override
		public void failed(RunningRun run, Throwable failure) {
			// Its page says so.
		}

		String path() {
			return "/runs/" + now.begun().id();
		}

		static void await(CountDownLatch latch) {
			try {
				assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
