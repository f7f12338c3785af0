package dev.longhaul.scheduler.wiring;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;

import dev.longhaul.gitops.repository.DefinitionRepository;
import dev.longhaul.gitops.repository.GitServer;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.access.TokenOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Jobs over REST, with Git's own server behind it that other people push to.
 */
class JobsApiIT {

	private static final String FILE = "longhaul/jobs/nightly.yaml";

	private static final String NIGHTLY = """
			# Ours.
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata:
			  name: nightly
			spec:
			  schedule: "30 2 * * *" # at night
			  timeZone: Europe/Berlin
			""";

	private static final String WEEKLY = """
			apiVersion: longhaul.dev/v1
			kind: VerifyJob
			metadata: {name: weekly}
			spec: {after: nightly, restorePoints: 7}
			""";

	private static final String APPLICATION = """
			apiVersion: longhaul.dev/v1
			kind: Application
			metadata: {name: gitea}
			spec: {namespace: gitea, volumes: [{claim: data}]}
			""";

	@TempDir
	private Path directory;

	private GitServer git;

	private Server server;

	private DefinitionRepository followed;

	private HttpCalls operator;

	private HttpCalls reader;

	@BeforeEach
	void serve() throws IOException {
		git = GitServer.start(directory.resolve("git"));
		git.commit("longhaul/applications/gitea.yaml", APPLICATION);
		git.commit("longhaul/jobs/weekly.yaml", WEEKLY);
		git.commit(FILE, NIGHTLY);
		server = ServedConfiguration.in(directory).with("git: {url: \"%s\"}".formatted(git.url())).serve();
		operator = caller(Scope.OPERATE);
		reader = caller(Scope.READ);
		followed = server.repository().orElseThrow();
	}

	@AfterEach
	void close() {
		followed.close();
		server.close();
		git.close();
	}

	private HttpCalls caller(Scope scope) {
		return HttpCalls.to(server)
			.with(server.tokens().create(new TokenOrder(scope.word(), Set.of(scope), null), "test").secret().reveal());
	}

	private String follow() {
		server.definitions().take(followed.refresh());
		return server.definitions().get().orElseThrow().revision().id();
	}

	@Test
	void saysThatNothingIsInForceYet() {
		HttpResponse<String> answer = reader.get("/api/v1/jobs");

		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.headers().firstValue("Retry-After")).hasValue("30");
		assertThat(answer.body()).contains("\"code\":\"GIT_UNREACHABLE\"", "could not be read yet");
	}

	@Test
	void tellsTheJobsInForceWithTheirNextRuns() {
		String commit = follow();

		JsonNode list = HttpCalls.json(reader.get("/api/v1/jobs"));
		assertThat(list.at("/items/0/name").asString()).isEqualTo("nightly");
		assertThat(list.at("/items/0/next").size()).isOne();
		assertThat(list.at("/items/1/after").asString()).isEqualTo("nightly");
		assertThat(list.at("/items/1/next").size()).isZero();
		HttpResponse<String> answer = reader.get("/api/v1/jobs/nightly");
		JsonNode job = HttpCalls.json(answer);
		assertThat(job.at("/revision/commit").asString()).isEqualTo(commit);
		assertThat(job.at("/schedule").asString()).isEqualTo("30 2 * * *");
		assertThat(job.at("/file").asString()).isEqualTo(FILE);
		assertThat(job.at("/yaml").asString()).isEqualTo(NIGHTLY.stripTrailing());
		assertThat(list.at("/items/0").has("yaml")).isFalse();
		assertThat(job.at("/next").size()).isEqualTo(10);
		assertThat(job.at("/next/9/start").asString()).matches("20..-..-..T0[01]:30:00Z");
		assertThat(answer.headers().firstValue("ETag")).hasValue("\"" + commit + "\"");
		assertThat(reader.get("/api/v1/jobs/none").statusCode()).isEqualTo(404);
		assertThat(reader.get("/api/v1/jobs/No%20Name").statusCode()).isEqualTo(404);
	}

	@Test
	void whoKnowsTheCommitIsNotToldAgain() throws IOException {
		String etag = "\"" + follow() + "\"";

		assertThat(knowing(etag).statusCode()).isEqualTo(304);
		assertThat(knowing(etag).body()).isEmpty();

		git.commit(FILE, NIGHTLY.replace("30 2", "30 3"));
		follow();
		assertThat(knowing(etag).statusCode()).isEqualTo(200);
	}

	private HttpResponse<String> knowing(String etag) {
		return reader.send(reader.request("/api/v1/jobs/nightly").header("If-None-Match", etag));
	}

	@Test
	void aJobIsPausedAndResumedByCommitsInTheCallersName() throws IOException {
		follow();

		HttpResponse<String> paused = operator.send("POST", "/api/v1/jobs/nightly/pause",
				"{\"reason\":\"the bucket moves\"}");
		assertThat(paused.statusCode()).as(paused.body()).isEqualTo(200);
		assertThat(HttpCalls.json(paused).at("/outcome").asString()).isEqualTo("pushed");
		assertThat(HttpCalls.json(paused).at("/files/0/diff").asString()).contains("+  suspend: true");
		assertThat(git.git("log", "-1", "--format=%an <%ae>%n%cn%n%B", "main"))
			.matches("(?s)token operate \\([0-9a-f]{8}\\) <longhaul@localhost>\nLonghaul\nlonghaul: pause nightly\n\n"
					+ "the bucket moves\n.*");
		follow();
		assertThat(HttpCalls.json(reader.get("/api/v1/jobs/nightly")).at("/suspended").asBoolean()).isTrue();

		assertThat(HttpCalls.json(operator.send("POST", "/api/v1/jobs/nightly/pause", "")).at("/outcome").asString())
			.isEqualTo("unchanged");
		operator.send("POST", "/api/v1/jobs/nightly/resume", "");
		git.pull();
		assertThat(git.git("show", "main:" + FILE)).isEqualTo(NIGHTLY);
	}

	@Test
	void aJobIsDeclaredAndNothingElseIsTouched() throws IOException {
		String etag = "\"" + follow() + "\"";
		String wanted = NIGHTLY.replace("30 2", "15 1").replace("# Ours.\n", "");

		HttpResponse<String> put = put("nightly", wanted, etag, null);

		assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
		assertThat(git.git("show", "main:" + FILE)).isEqualTo("# Ours.\n" + wanted);
	}

	@Test
	void aDefinitionWithMistakesIsRefusedWithEachOfThem() throws IOException {
		follow();
		String before = git.git("rev-parse", "main");

		HttpResponse<String> alone = put("nightly", NIGHTLY.replace("30 2", "30 26"), null, null);
		HttpResponse<String> together = put("weekly", WEEKLY.replace("nightly", "never"), null, null);
		HttpResponse<String> other = put("nightly", WEEKLY, null, null);
		HttpResponse<String> none = put("nightly", "", null, null);

		assertThat(alone.statusCode()).isEqualTo(422);
		assertThat(HttpCalls.json(alone).at("/problems/0/line").asInt()).isEqualTo(7);
		assertThat(HttpCalls.json(alone).at("/code").asString()).isEqualTo("INVALID_DEFINITION");
		assertThat(together.statusCode()).as(together.body()).isEqualTo(422);
		assertThat(HttpCalls.json(together).at("/problems/0/file").asString()).isEqualTo("longhaul/jobs/weekly.yaml");
		assertThat(other.statusCode()).isEqualTo(400);
		assertThat(other.body()).contains("'definition' is not the one of job 'nightly' alone");
		assertThat(none.statusCode()).isEqualTo(422);
		assertThat(git.git("rev-parse", "main")).isEqualTo(before);
	}

	@Test
	void whatWasDecidedOnAnotherCommitIsRefused() throws IOException {
		String seen = "\"" + follow() + "\"";
		git.commit("README.md", "about something else");
		assertThat(put("nightly", NIGHTLY.replace("30 2", "30 4"), seen, null).statusCode())
			.as("nobody touched the job")
			.isEqualTo(200);
		String now = "\"" + follow() + "\"";
		assertThat(put("nightly", NIGHTLY, seen, null).statusCode()).isEqualTo(412);

		git.commit(FILE, NIGHTLY.replace("30 2", "0 5"));
		HttpResponse<String> answer = put("nightly", NIGHTLY, now, null);

		assertThat(answer.statusCode()).isEqualTo(412);
		assertThat(answer.body()).contains("\"code\":\"GIT_CONFLICT\"",
				"somebody else changed 'nightly' in a commit that is not in force yet");
		assertThat(git.git("show", "main:" + FILE)).contains("0 5");
	}

	@Test
	void aCallThatIsSentAgainIsDoneOnce() throws IOException {
		follow();
		String wanted = NIGHTLY.replace("30 2", "30 4");

		HttpResponse<String> first = put("nightly", wanted, null, "key-1");
		git.pull();
		git.commit(FILE, NIGHTLY);
		HttpResponse<String> again = put("nightly", wanted, null, "key-1");
		HttpResponse<String> other = put("nightly", NIGHTLY, null, "key-1");

		assertThat(first.body()).contains("pushed");
		assertThat(again.body()).isEqualTo(first.body());
		assertThat(git.git("show", "main:" + FILE)).isEqualTo(NIGHTLY);
		assertThat(other.statusCode()).isEqualTo(422);
		assertThat(other.body()).contains("this 'Idempotency-Key' was used for another call");
		assertThat(put("nightly", wanted, null, "key with blanks").statusCode()).isEqualTo(400);
	}

	@Test
	void aCallThatFailedIsTriedAgain() throws IOException {
		follow();
		git.down();
		HttpResponse<String> failed = put("nightly", NIGHTLY.replace("30 2", "30 4"), null, "key-2");
		git.up();

		HttpResponse<String> again = put("nightly", NIGHTLY.replace("30 2", "30 4"), null, "key-2");

		assertThat(failed.statusCode()).isEqualTo(503);
		assertThat(failed.body()).contains("\"code\":\"GIT_UNREACHABLE\"");
		assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
	}

	@Test
	void whoMayOnlyReadChangesNothingAndIsNoted() throws IOException {
		follow();
		String before = git.git("rev-parse", "main");

		assertThat(reader.send("POST", "/api/v1/jobs/nightly/pause", "").statusCode()).isEqualTo(403);
		assertThat(reader.send("PUT", "/api/v1/jobs/nightly", "{}").statusCode()).isEqualTo(403);

		assertThat(git.git("rev-parse", "main")).isEqualTo(before);
		operator.send("POST", "/api/v1/jobs/nightly/pause", "");
		JsonNode audit = HttpCalls.json(caller(Scope.ADMIN).get("/api/v1/audit"));
		assertThat(audit.at("/items/0/action").asString()).isEqualTo("POST /api/v1/jobs/{name}/pause");
		assertThat(audit.at("/items/0/subject").asString()).isEqualTo("/api/v1/jobs/nightly/pause");
		assertThat(audit.at("/items/0/outcome").asString()).isEqualTo("done");
		assertThat(audit.at("/items/0/caller").asString()).startsWith("token operate (");
		assertThat(audit.at("/items/0/address").asString()).isEqualTo("127.0.0.1");
		assertThat(audit.at("/items/1/outcome").asString()).isEqualTo("refused");
		assertThat(audit.at("/items/2/outcome").asString()).isEqualTo("refused");
		assertThat(audit.at("/items/2/detail").asString()).isEqualTo("403");
	}

	private HttpResponse<String> put(String name, String definition, String seen, String key) {
		String body = JsonMapper.shared().writeValueAsString(new Wanted(definition, "a test"));
		HttpRequest.Builder request = operator.request("/api/v1/jobs/" + name)
			.header("Content-Type", "application/json")
			.PUT(BodyPublishers.ofString(body));
		if (seen != null) {
			request.header("If-Match", seen);
		}
		if (key != null) {
			request.header("Idempotency-Key", key);
		}
		return operator.send(request);
	}

	private record Wanted(String definition, String reason) {
	}

}
