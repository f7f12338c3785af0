package dev.longhaul.scheduler.wiring;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.run.RunCause;
import dev.longhaul.scheduler.run.RunFloor;
import dev.longhaul.scheduler.run.RunLine;
import dev.longhaul.scheduler.run.RunOrder;
import dev.longhaul.scheduler.run.RunningRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class RunsApiTest {

	private static final Instant DUE = Instant.parse("2026-11-22T02:30:00Z");

	@TempDir
	private Path directory;

	private Server server;

	private HttpCalls admin;

	@BeforeEach
	void serve() throws IOException {
		Path token = directory.resolve("first-token");
		server = ServedConfiguration.in(directory)
			.with("server: {port: 0, first-token-file: \"%s\"}".formatted(token))
			.serve();
		admin = HttpCalls.to(server).with(Files.readString(token).strip());
	}

	@AfterEach
	void close() {
		server.close();
	}

	@Test
	void runsAreListedNewestFirstInParts() {
		for (int night = 0; night < 3; night++) {
			run("nightly", DUE.plusSeconds(86400L * night), NightEnd.PROVEN);
		}
		run("weekly", DUE, NightEnd.UNPROVEN);

		JsonNode first = HttpCalls.json(admin.get("/api/v1/runs?limit=2"));
		JsonNode second = HttpCalls.json(admin.get("/api/v1/runs?limit=2&cursor=" + first.get("next").asString()));

		assertThat(first.get("items").values()).extracting(run -> run.get("job").asString())
			.containsExactly("weekly", "nightly");
		assertThat(second.get("items").values()).extracting(run -> run.get("scheduledFor").asString())
			.containsExactly("2026-11-23T02:30:00Z", "2026-11-22T02:30:00Z");
		assertThat(second.has("next")).isFalse();
		assertThat(HttpCalls.json(admin.get("/api/v1/runs?outcome=unproven")).get("items").values())
			.extracting(run -> run.get("job").asString())
			.containsExactly("weekly");
		assertThat(HttpCalls.json(admin.get("/api/v1/runs?job=weekly")).get("items").size()).isOne();
	}

	@Test
	void aRunThatFailedSaysWhyAndShowsItsLog() {
		String id = run("nightly", DUE, null);

		JsonNode run = HttpCalls.json(admin.get("/api/v1/runs/" + id));
		JsonNode log = HttpCalls.json(admin.get("/api/v1/runs/" + id + "/log"));
		JsonNode rest = HttpCalls.json(admin.get("/api/v1/runs/" + id + "/log?from=2&limit=1"));

		assertThat(run.get("outcome").asString()).isEqualTo("failed");
		assertThat(run.get("failure").toString())
			.isEqualTo("{\"code\":\"TARGET_UNREACHABLE\",\"fact\":\"no answer\",\"hint\":\"look at the network\"}");
		assertThat(run.get("cause").toString()).isEqualTo("{\"kind\":\"clock\"}");
		assertThat(log.get("items").values()).extracting(line -> line.get("text").asString())
			.containsExactly("begins", "no answer   [TARGET_UNREACHABLE]", "hint: look at the network");
		assertThat(rest.get("items").get(0).get("number").asInt()).isEqualTo(2);
		assertThat(rest.get("next").asInt()).isEqualTo(3);
	}

	@Test
	void whatCannotBeStartedOrCancelledIsAProblem() {
		String over = run("nightly", DUE, NightEnd.PROVEN);

		assertProblem(admin.send("POST", "/api/v1/runs", "{\"job\":\"nightly\"}"), 503, "NOT_READY");
		assertProblem(admin.send("POST", "/api/v1/runs", "{\"job\":\"No Job\"}"), 404, "JOB_NOT_FOUND");
		assertProblem(admin.send("POST", "/api/v1/runs/" + over + "/cancel", ""), 409, "RUN_OVER");
		assertProblem(admin.send("POST", "/api/v1/runs/" + UUID.randomUUID() + "/cancel", ""), 404, "RUN_NOT_FOUND");
		assertProblem(admin.get("/api/v1/runs/42"), 404, "RUN_NOT_FOUND");
		assertProblem(admin.get("/api/v1/runs?outcome=lost"), 400, "INVALID_USAGE");
		assertProblem(admin.get("/api/v1/runs?cursor=bm90LWEtcnVu"), 400, "INVALID_USAGE");
	}

	private static void assertProblem(HttpResponse<String> answer, int status, String code) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(HttpCalls.json(answer).get("code").asString()).isEqualTo(code);
	}

	/**
	 * @param end null for one that fails
	 */
	private String run(String job, Instant due, NightEnd end) {
		RunningRun[] seen = new RunningRun[1];
		server.floor()
			.carryOut(new RunOrder(new JobName(job), due, new RunCause.ByTheClock()), null, "40db5536",
					new RunFloor.Work() {

						@Override
						public NightEnd carryOut(RunningRun run) {
							seen[0] = run;
							run.say(RunLine.Level.INFO, "begins");
							if (end == null) {
								throw new RefusedRequest(FailureCode.TARGET_UNREACHABLE, "no answer",
										"look at the network");
							}
							return end;
						}

						@Override
						public void failed(RunningRun run, Throwable failure) {
							assertThat(failure).hasMessage("no answer");
						}

					});
		return seen[0].begun().id().value();
	}

}
