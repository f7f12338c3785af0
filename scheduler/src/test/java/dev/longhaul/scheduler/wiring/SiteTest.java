package dev.longhaul.scheduler.wiring;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.access.TokenOrder;
import dev.longhaul.scheduler.web.Gate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SiteTest {

	@TempDir
	private static Path directory;

	private static Server server;

	@BeforeAll
	static void serve() {
		server = ServedConfiguration.in(directory).serve();
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
	void whatIsNotThereIsAPageToPeopleAndADocumentToPrograms() {
		HttpResponse<String> page = browser(Scope.READ).get("/nothing");

		assertThat(page.statusCode()).isEqualTo(404);
		assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
		assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
		assertThat(page.headers().firstValue("Content-Security-Policy")).hasValue(Gate.CONTENT);
		assertThat(page.body()).contains("<h1>There is no such page</h1>", "<code>NOT_FOUND</code>", "token anna (",
				"Longhaul home");
		assertThat(page.body()).doesNotContain("openapi");
		assertThat(browser(Scope.READ).get("/api/v1/nothing").headers().firstValue("Content-Type"))
			.hasValue("application/problem+json");
	}

	@Test
	void aFormThatNoPageOfOursSentIsRefusedWithAPage() {
		HttpResponse<String> page = browser(Scope.ADMIN).post("/nothing", Map.of("a", "b"));

		assertThat(page.statusCode()).isEqualTo(403);
		assertThat(page.body()).contains("<h1>You may not do this</h1>",
				"this was not sent by a page of this server, or the page is too old");
	}

	@Test
	void aFormThatWasSentTooLateIsNotTheNextPage() {
		HttpResponse<String> login = Browser.of(server).post("/jobs/nightly/run", Map.of("a", "b"));

		assertThat(login.statusCode()).isEqualTo(401);
		assertThat(login.body()).contains("name=\"next\" value=\"/\"");
	}

	@ParameterizedTest
	@CsvSource({ "Pacific/Auckland,Pacific/Auckland", "UTC,UTC", "+05:00,", "Nowhere/Land,", "<b>,", "Z/../../etc," })
	void timesAreThoseOfTheZoneThatTheBrowserNames(String cookie, String zone) {
		HttpResponse<String> page = Browser.of(server).with("longhaul-zone", cookie).get("/login");

		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body())
			.contains("times in " + ((zone != null) ? zone : java.time.ZoneId.systemDefault().getId()));
	}

}
