package dev.longhaul.scheduler.wiring;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.access.TokenOrder;
import dev.longhaul.scheduler.wiring.ApiDocument.Operation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The document and the server agree: what one has the other has, and nobody gets more
 * than it says.
 */
class ApiDocumentTest {

	@TempDir
	private static Path directory;

	private static Server server;

	private static ApiDocument document;

	@BeforeAll
	static void serve() {
		server = ServedConfiguration.in(directory).serve();
		document = new ApiDocument(caller(Scope.READ).get("/api/v1/openapi.json").body());
	}

	@AfterAll
	static void close() {
		server.close();
	}

	private static HttpCalls caller(Scope scope) {
		return HttpCalls.to(server)
			.with(server.tokens().create(new TokenOrder("test", Set.of(scope), null), "test").secret().reveal());
	}

	@Test
	void isTheOneInTheRepository() throws IOException {
		assertThat(caller(Scope.READ).get("/api/v1/openapi.json").body())
			.isEqualTo(Files.readString(Path.of("../docs/api/openapi.json")));
	}

	@Test
	void everyReferenceInItLeadsSomewhere() {
		resolveAll(document.root());
	}

	private static void resolveAll(JsonNode node) {
		if (node.has("$ref")) {
			document.resolved(node);
		}
		node.forEach(ApiDocumentTest::resolveAll);
	}

	@Test
	void hasWhatTheServerHasAndNothingElse() {
		Map<String, String> documented = new TreeMap<>();
		document.operations().forEach(operation -> documented.put(operation.toString(), operation.scope()));

		assertThat(documented).isEqualTo(served());
	}

	/** The scopes of all methods that take requests, by method and address. */
	private static Map<String, String> served() {
		Map<String, String> served = new TreeMap<>();
		server.context().getBean(RequestMappingHandlerMapping.class).getHandlerMethods().forEach((mapping, method) -> {
			Needs needs = method.getMethodAnnotation(Needs.class);
			mapping.getMethodsCondition()
				.getMethods()
				.forEach(verb -> paths(mapping.getPatternValues(), verb.name())
					.forEach(route -> served.put(route, (needs != null) ? needs.value().word() : "")));
		});
		// Pages are for people, and no part of the interface for programs.
		served.keySet().removeIf(route -> !route.contains(" /api/") && !route.contains(" /actuator/"));
		return served;
	}

	private static Stream<String> paths(Collection<String> patterns, String verb) {
		return patterns.stream().map(pattern -> verb + " " + pattern);
	}

	@TestFactory
	Stream<DynamicTest> nobodyGetsInWithoutAToken() {
		return document.operations().stream().map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> {
			int status = HttpCalls.to(server).send(operation.method(), operation.anyPath(), "").statusCode();
			assertThat(status).isEqualTo(operation.scope().isEmpty() ? 200 : 401);
		}));
	}

	@TestFactory
	Stream<DynamicTest> nobodyGetsMoreThanTheirScopeAllows() {
		return Stream.of(Scope.values()).flatMap(scope -> {
			HttpCalls caller = caller(scope);
			return document.operations()
				.stream()
				.filter(operation -> !operation.scope().isEmpty())
				.map(operation -> DynamicTest.dynamicTest(scope + ": " + operation,
						() -> assertOnlyWithin(scope, operation, caller)));
		});
	}

	private static void assertOnlyWithin(Scope scope, Operation operation, HttpCalls caller) {
		Scope needed = Scope.of(operation.scope()).orElseThrow();
		HttpResponse<String> answer = caller.send(operation.method(), operation.anyPath(), "");

		if (needed.isWithin(Set.of(scope))) {
			assertThat(answer.statusCode()).isNotIn(401, 403);
		}
		else {
			assertThat(answer.statusCode()).isEqualTo(403);
		}
		assertThat(scope == Scope.READ && !operation.isLooking() && answer.statusCode() != 403)
			.as("a call that may change something is not for whoever may read")
			.isFalse();
	}

}
