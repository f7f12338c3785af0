package dev.longhaul.scheduler.wiring;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import dev.longhaul.gitops.definition.DefinitionReader;
import dev.longhaul.gitops.definition.ReadResult;
import dev.longhaul.gitops.repository.InForce;
import dev.longhaul.gitops.repository.Revision;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.access.TokenOrder;
import dev.longhaul.scheduler.wiring.ApiDocument.Operation;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends what the document allows, what it just so allows and what it does not, to every
 * operation. Whatever comes, the answer is one of the document, and none is a fault of
 * ours. A failure names its seed; {@code -Dfuzz.seed} sends the same again.
 */
class ApiFuzzTest {

	private static final int REQUESTS = Integer.getInteger("fuzz.requests", 120);

	private static final long SEED = Long.getLong("fuzz.seed", ThreadLocalRandom.current().nextLong());

	@TempDir
	private static Path directory;

	private static Server server;

	private static HttpCalls admin;

	private static ApiDocument document;

	@BeforeAll
	static void serve() {
		server = ServedConfiguration.in(directory).with("git: {url: \"http://127.0.0.1:1/none.git\"}").serve();
		server.definitions().take(inForce());
		admin = HttpCalls.to(server)
			.with(server.tokens().create(new TokenOrder("test", Set.of(Scope.ADMIN), null), "test").secret().reveal());
		document = new ApiDocument(admin.get("/api/v1/openapi.json").body());
	}

	@AfterAll
	static void close() {
		server.close();
	}

	private static InForce inForce() {
		ReadResult.Sound sound = (ReadResult.Sound) DefinitionReader.readAlone("nightly.yaml", """
				apiVersion: longhaul.dev/v1
				kind: BackupJob
				metadata: {name: nightly}
				spec: {schedule: "30 2 * * *", timeZone: Europe/Berlin, jitter: 5m}
				""");
		return new InForce(new Revision("0123456789".repeat(4), "Ada", Instant.parse("2026-11-22T12:00:00Z"), "nights"),
				sound.definitions(), new InForce.Standing.Newest());
	}

	@TestFactory
	Stream<DynamicTest> everyAnswerIsOneOfTheDocument() {
		return document.operations()
			.stream()
			.map(operation -> DynamicTest.dynamicTest(operation + " with seed " + SEED,
					() -> JqwikSession.run(() -> send(operation, new Random(SEED ^ operation.toString().hashCode())))));
	}

	private static void send(Operation operation, Random random) {
		for (int i = 0; i < REQUESTS; i++) {
			Attempt attempt = attempt(operation, random);
			HttpResponse<String> answer = admin.send(attempt.request());
			assertAgreed(operation, answer, attempt.text() + " -> " + answer.statusCode() + " " + answer.body());
		}
	}

	private static void assertAgreed(Operation operation, HttpResponse<String> answer, String what) {
		int status = answer.statusCode();
		assertThat(status).as(what).isNotEqualTo(500);
		JsonNode agreed = operation.answer(status);
		assertThat(agreed.isMissingNode()).as("not in the document: " + what).isFalse();
		assertThat(answer.body()).as(what)
			.doesNotContain("\tat ", "Exception", "org.springframework", "jakarta.", "java.lang");
		if (status >= 400) {
			assertThat(answer.headers().firstValue("Content-Type")).as(what).hasValue("application/problem+json");
		}
		agreed.path("content")
			.properties()
			.stream()
			.filter(content -> content.getKey().endsWith("json"))
			.forEach(content -> assertThat(document.errors(content.getValue().get("schema"), answer.body())).as(what)
				.isEmpty());
	}

	private static Attempt attempt(Operation operation, Random random) {
		String path = operation.path();
		List<String> query = new ArrayList<>();
		List<String> headers = new ArrayList<>();
		for (JsonNode parameter : operation.parameters()) {
			String name = parameter.get("name").asString();
			String value = String.valueOf(value(parameter.get("schema"), random));
			switch (parameter.get("in").asString()) {
				case "path" -> path = path.replace("{" + name + "}", encoded(value.isEmpty() ? " " : value));
				case "query" -> addSometimes(query, name + "=" + encoded(value), random);
				default -> addSometimes(headers, name + ": " + printable(value), random);
			}
		}
		String whole = path + (query.isEmpty() ? "" : "?" + String.join("&", query));
		String body = operation.hasBody() ? body(operation, random) : "";
		HttpRequest.Builder request = admin.request(whole)
			.method(operation.method(), body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
		if (operation.hasBody()) {
			request.header("Content-Type", (random.nextInt(20) == 0) ? "text/plain" : "application/json");
		}
		headers.forEach(header -> request.header(header.substring(0, header.indexOf(": ")),
				header.substring(header.indexOf(": ") + 2)));
		return new Attempt(request, operation.method() + " " + whole + " " + headers + " " + body);
	}

	private static Object value(JsonNode schema, Random random) {
		return new SchemaValues(document).any(schema).generator(1000, true).next(random).value();
	}

	private static void addSometimes(List<String> list, String element, Random random) {
		if (random.nextInt(3) > 0) {
			list.add(element);
		}
	}

	/** Sometimes cut off, so that it is no JSON any more, and sometimes none at all. */
	private static String body(Operation operation, Random random) {
		String body = JsonMapper.shared().writeValueAsString(value(operation.body(), random));
		return switch (random.nextInt(12)) {
			case 0 -> body.substring(0, body.length() / 2);
			case 1 -> "";
			case 2 -> "[".repeat(random.nextInt(3000)) + body;
			default -> body;
		};
	}

	private static String encoded(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
	}

	private static String printable(String value) {
		String printable = value.replaceAll("[^!-~]", "");
		return printable.isEmpty() ? "x" : printable.substring(0, Math.min(printable.length(), 2000));
	}

	/**
	 * @param text of it, for whoever reads that it failed
	 */
	private record Attempt(HttpRequest.Builder request, String text) {
	}

}
