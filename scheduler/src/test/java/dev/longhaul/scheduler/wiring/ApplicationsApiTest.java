package dev.longhaul.scheduler.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ApplicationsApiTest {

	private static final Instant DUE = Instant.parse("2026-11-22T02:30:00Z");

	@TempDir
	private static Path directory;

	private static Server server;

	private static HttpCalls reader;

	@BeforeAll
	static void serve() throws IOException {
		Path token = directory.resolve("first-token");
		server = ServedConfiguration.in(directory)
			.with("server: {port: 0, first-token-file: \"%s\"}".formatted(token))
			.serve();
		reader = HttpCalls.to(server).with(Files.readString(token).strip());
		for (int night = 0; night < 3; night++) {
			RecordedNights.record(server.catalog(), DUE.plus(Duration.ofDays(night)));
		}
		server.standing().start();
		await().until(() -> reader.get("/api/v1/applications/gitea").statusCode() == 200);
	}

	@AfterAll
	static void close() {
		server.close();
	}

	@Test
	void anApplicationSaysHowItStandsAndWhy() {
		JsonNode gitea = HttpCalls.json(reader.get("/api/v1/applications/gitea"));

		assertThat(gitea.get("restorePoints").asInt()).isEqualTo(3);
		assertThat(gitea.get("newestProven").asString()).isEqualTo("2026-11-24T02:30:00Z");
		assertThat(gitea.get("bytes").asLong()).isEqualTo(4 * 1024 * 1024);
		assertThat(gitea.get("longestGap").asString()).startsWith("PT");
		assertThat(gitea.get("verdict").get("overall").asString()).isEqualTo("fails");
		assertThat(gitea.get("verdict").get("clauses").values()).extracting(clause -> clause.get("clause").asString())
			.containsExactly("copies", "media", "away", "immutable", "errors");
		assertThat(gitea.get("verdict").get("clauses").get(0).toString())
			.isEqualTo("{\"clause\":\"copies\",\"answer\":\"fails\","
					+ "\"evidence\":\"2 of 3 copies: live volumes, s3://bucket@region/\"}");
		assertThat(HttpCalls.json(reader.get("/api/v1/applications")).get("items").get(0).get("name").asString())
			.isEqualTo("gitea");
	}

	@Test
	void restorePointsAreListedNewestFirstInParts() {
		String path = "/api/v1/applications/gitea/restore-points?limit=2";

		JsonNode first = HttpCalls.json(reader.get(path));
		JsonNode second = HttpCalls.json(reader.get(path + "&cursor=" + first.get("next").asString()));

		assertThat(first.get("items").values()).extracting(point -> point.get("scheduledFor").asString())
			.containsExactly("2026-11-24T02:30:00Z", "2026-11-23T02:30:00Z");
		assertThat(second.get("items").values()).extracting(point -> point.get("scheduledFor").asString())
			.containsExactly("2026-11-22T02:30:00Z");
		assertThat(second.get("items").get(0).get("quiet").asString()).isEqualTo("PT0.4S");
		assertThat(second.has("next")).isFalse();
	}

	@Test
	void aRestorePointSaysWhereItIsAndWhatProvesIt() {
		JsonNode point = HttpCalls
			.json(reader.get("/api/v1/applications/gitea/restore-points/nightly/2026-11-22T02:30:00Z"));

		assertThat(point.get("backups").get(0).get("claim").asString()).isEqualTo("gitea/data");
		assertThat(point.get("copies").get(0).get("place").asString()).isEqualTo("s3://bucket@region/");
		assertThat(point.get("copies").get(0).get("proof").toString())
			.isEqualTo("{\"answer\":\"proven\",\"at\":\"2026-11-22T02:31:00Z\",\"blocks\":24,\"bytes\":50331648,"
					+ "\"checks\":[]}");
		assertThat(point.get("readings").get(0).get("scheduledFor").asString()).isEqualTo("2026-11-22T02:30:00Z");
		assertThat(point.get("readings").get(0).get("proof").get("answer").asString()).isEqualTo("proven");
		assertThat(point.get("exports").size()).isZero();
	}

	@Test
	void aVolumeIsListedWithItsNewestBackup() {
		JsonNode volumes = HttpCalls.json(reader.get("/api/v1/volumes?application=gitea"));

		assertThat(volumes.get("items").size()).isOne();
		JsonNode volume = volumes.get("items").get(0);
		assertThat(volume.get("claim").asString()).isEqualTo("gitea/data");
		assertThat(volume.get("volume").asString()).isEqualTo("pvc-gitea");
		assertThat(volume.get("scheduledFor").asString()).isEqualTo("2026-11-24T02:30:00Z");
		assertThat(volume.get("bytes").asLong()).isEqualTo(4 * 1024 * 1024);
		assertThat(HttpCalls.json(reader.get("/api/v1/volumes?application=wiki")).get("items").size()).isZero();
		assertThat(reader.get("/api/v1/volumes?application=No%20Name").statusCode()).isEqualTo(404);
		assertThat(reader.get("/api/v1/volumes?cursor=bm9uZQ").statusCode()).isEqualTo(400);
	}

	@Test
	void aVerdictIsTheOneOfTheApplication() {
		JsonNode verdict = HttpCalls.json(reader.get("/api/v1/verdicts/gitea"));

		assertThat(verdict.get("verdict"))
			.isEqualTo(HttpCalls.json(reader.get("/api/v1/applications/gitea")).get("verdict"));
		assertThat(verdict.get("newestProven").asString()).isEqualTo("2026-11-24T02:30:00Z");
		assertThat(HttpCalls.json(reader.get("/api/v1/verdicts?overall=fails")).get("items").get(0)).isEqualTo(verdict);
		assertThat(HttpCalls.json(reader.get("/api/v1/verdicts?overall=holds")).get("items").size()).isZero();
		assertThat(reader.get("/api/v1/verdicts?overall=maybe").statusCode()).isEqualTo(400);
		assertThat(reader.get("/api/v1/verdicts/wiki").statusCode()).isEqualTo(404);
	}

	@Test
	void whatWasReadBackIsToldDayByDay() {
		JsonNode days = HttpCalls.json(reader.get("/api/v1/verification/readings?from=2026-11-22&until=2026-11-24"));

		assertThat(days.get("items").values()).extracting(day -> day.get("day").asString())
			.containsExactly("2026-11-22", "2026-11-23");
		assertThat(days.get("items").get(0).toString())
			.isEqualTo("{\"day\":\"2026-11-22\",\"proven\":1,\"refuted\":0,\"blocks\":24,\"bytes\":50331648}");
		for (String wrong : List.of("from=yesterday", "until=2026-02-30", "from=%2B999999999-01-01")) {
			assertThat(reader.get("/api/v1/verification/readings?" + wrong).body()).as(wrong)
				.contains("'from' or 'until' is no day");
		}
		assertThat(reader.get("/api/v1/verification/readings?from=2000-01-01&until=2026-01-01").body())
			.contains("ask for fewer days");
	}

	@Test
	void thereAreNeitherRestoresNorMigrations() {
		assertThat(reader.get("/api/v1/restores").body()).isEqualTo("{\"items\":[]}");
		assertThat(reader.get("/api/v1/migrations").body()).isEqualTo("{\"items\":[]}");
	}

	@Test
	void whatIsNotRecordedIsNotFound() {
		assertThat(reader.get("/api/v1/applications/wiki").statusCode()).isEqualTo(404);
		assertThat(reader.get("/api/v1/applications/No%20Name").statusCode()).isEqualTo(404);
		assertThat(reader.get("/api/v1/applications/gitea/restore-points/nightly/yesterday").statusCode())
			.isEqualTo(404);
		assertThat(reader.get("/api/v1/applications/gitea/restore-points/nightly/2020-01-01T00:00:00Z").statusCode())
			.isEqualTo(404);
		assertThat(reader.get("/api/v1/applications/gitea/restore-points?cursor=bm9uZQ").statusCode()).isEqualTo(400);
	}

	@Test
	void theLedgerSaysHowOldItIsAndHowMuchWasReadBack() {
		JsonNode ledger = HttpCalls.json(reader.get("/api/v1/ledger"));
		JsonNode coverage = HttpCalls.json(reader.get("/api/v1/coverage"));

		assertThat(ledger.has("completeAt")).isTrue();
		assertThat(ledger.has("failure")).isFalse();
		assertThat(ledger.get("refusals").size()).isZero();
		assertThat(coverage.get(0).get("stored").get("restorePoints").asInt()).isEqualTo(3);
		assertThat(coverage.get(0).get("scope").asString()).isEqualTo("everything");
	}

}
