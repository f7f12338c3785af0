package dev.longhaul.scheduler.wiring;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.definition.DefinitionFile;
import dev.longhaul.gitops.definition.DefinitionReader;
import dev.longhaul.gitops.definition.ReadResult;
import dev.longhaul.gitops.repository.InForce;
import dev.longhaul.gitops.repository.Revision;
import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.access.TokenOrder;
import dev.longhaul.scheduler.run.RunOrder;
import dev.longhaul.scheduler.run.Runs;
import dev.longhaul.scheduler.web.Gate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SiteTest {

	private static final Instant DUE = Instant.parse("2026-11-22T01:30:00Z");

	private static final String DEFINITIONS = """
			apiVersion: longhaul.dev/v1
			kind: Application
			metadata: {name: gitea}
			spec: {namespace: gitea, volumes: [{claim: data}]}
			---
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata: {name: nightly}
			spec: {schedule: "30 2 * * *", timeZone: Europe/Berlin}
			---
			apiVersion: longhaul.dev/v1
			kind: VerifyJob
			metadata: {name: weekly}
			spec: {schedule: "0 5 * * 1", timeZone: UTC, restorePoints: 7}
			""";

	@TempDir
	private static Path directory;

	private static Server server;

	@BeforeAll
	static void serve() {
		server = ServedConfiguration.in(directory).with("git: {url: \"http://127.0.0.1:1/me/homelab.git\"}").serve();
		server.definitions().take(inForce());
		for (int night = 0; night < 100; night++) {
			RecordedNights.record(server.catalog(), DUE.minus(Duration.ofDays(night)));
		}
		server.standing().start();
		HttpCalls reader = HttpCalls.to(server).with(token(Scope.READ));
		await().atMost(Duration.ofMinutes(2)).until(() -> reader.get("/api/v1/applications/gitea").statusCode() == 200);
	}

	private static InForce inForce() {
		ReadResult.Sound sound = (ReadResult.Sound) DefinitionReader.readAlone("all.yaml", DEFINITIONS);
		return new InForce(new Revision("0123456789".repeat(4), "Ada", DUE, "nights"), sound.definitions(),
				new InForce.Standing.Newest(), List.of(DefinitionFile.of("longhaul/jobs/all.yaml", DEFINITIONS)));
	}

	private static String token(Scope scope) {
		return server.tokens().create(new TokenOrder("anna", Set.of(scope), null), "test").secret().reveal();
	}

	@AfterAll
	static void close() {
		server.close();
	}

	private static Browser browser(Scope scope) {
		return Browser.of(server).signIn(token(scope));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/                          | Overview      | fails: gitea (3 copies)
			/applications/gitea        | gitea         | Restore points one by one
			/verification              | Verification  | weekly: 7 restore points of 1 application
			/targets                   | Targets       | file:///
			/jobs                      | Jobs          | 30 2 * * * Europe/Berlin
			/jobs/nightly              | Job nightly   | metadata: {name: nightly}
			/restore                   | Restore       | longhaul export file:///
			/migrations                | Migrations    | does not bring data in from elsewhere yet
			""")
	void everyPageIsThereForWhoMayRead(String path, String title, String content) {
		HttpResponse<String> page = browser(Scope.READ).get(path);

		assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
		assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
		assertThat(page.body()).contains("<title>" + title + " – Longhaul home</title>", content);
		HttpResponse<String> outside = Browser.of(server).get(path);
		assertThat(outside.statusCode()).isEqualTo(401);
		assertThat(outside.body()).contains("name=\"next\" value=\"" + path + "\"").doesNotContain("gitea/data");
	}

	@Test
	void everyAddressOfPagesSaysWhoMayCallIt() {
		server.context().getBean(RequestMappingHandlerMapping.class).getHandlerMethods().forEach((mapping, method) -> {
			Needs needs = method.getMethodAnnotation(Needs.class);
			boolean page = mapping.getPatternValues().stream().noneMatch(path -> path.matches("/(api|actuator)/.*"));
			if (page && needs != null) {
				boolean looks = mapping.getMethodsCondition().getMethods().equals(Set.of(RequestMethod.GET));
				assertThat(needs.value()).as("%s", mapping).isEqualTo(looks ? Scope.READ : Scope.OPERATE);
			}
		});
	}

	@Test
	void aRunIsBegunByAFormAndThePageSaysSo() {
		server.runs().open(new Startable());
		Browser browser = browser(Scope.OPERATE);
		HttpResponse<String> page = browser.get("/jobs/nightly");
		assertThat(page.body()).contains("action=\"/jobs/nightly/run\"", "action=\"/jobs/nightly/pause\"");

		HttpResponse<String> done = browser.post("/jobs/nightly/run", Map.of("_csrf", Browser.csrf(page)));
		assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
		assertThat(done.headers().firstValue("Location")).hasValue("/jobs/nightly");
		String after = browser.get("/jobs/nightly").body();
		assertThat(after).contains("role=\"status\"", "A run of nightly was asked for.", "href=\"/runs/",
				"<span class=\"state waiting\">", "token anna (");
		assertThat(browser.get("/jobs/nightly").body()).as("it is said once").doesNotContain("was asked for");
		assertThat(browser.get("/jobs").body()).contains("<span class=\"state waiting\">");
		assertThat(server.auditLog().newestBefore(Long.MAX_VALUE, 20).toString()).contains("POST /jobs/{name}/run",
				"303 run ");

		HttpResponse<String> again = browser.post("/jobs/nightly/run", Map.of("_csrf", Browser.csrf(page)));
		assertThat(again.statusCode()).isEqualTo(409);
		assertThat(again.body()).contains("<h1>This was not done</h1>", "<code>ALREADY_RUNNING</code>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/jobs/nightly/run", "/jobs/nightly/pause", "/jobs/nightly/resume" })
	void whoMayOnlyReadChangesNothing(String path) {
		Browser reader = browser(Scope.READ);
		HttpResponse<String> page = reader.get("/jobs/nightly");
		assertThat(page.body()).doesNotContain("action=\"/jobs/");

		HttpResponse<String> refused = reader.post(path, Map.of("_csrf", Browser.csrf(page)));
		assertThat(refused.statusCode()).isEqualTo(403);
		assertThat(refused.body()).contains("<h1>You may not do this</h1>", "this needs the scope 'operate'");
		assertThat(browser(Scope.ADMIN).post(path, Map.of()).statusCode()).as("without CSRF").isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/jobs/none", "/jobs/No%20Name", "/jobs/%3Cb%3E" })
	void aJobThatIsNotDeclaredIsNotThere(String path) {
		HttpResponse<String> page = browser(Scope.READ).get(path);

		assertThat(page.statusCode()).isEqualTo(404);
		assertThat(page.body()).contains("is in force").doesNotContain("<b>'");
	}

	@Test
	void olderRestorePointsAreOnThePagesAfter() {
		Browser browser = browser(Scope.READ);
		String first = browser.get("/applications/gitea").body();
		Matcher older = Pattern.compile("href=\"(/applications/gitea\\?after=[^\"]+)\" rel=\"next\"").matcher(first);

		assertThat(older.find()).as(first).isTrue();
		String second = browser.get(older.group(1)).body();
		assertThat(first.split("<tr id=\"point-", -1)).hasSize(91);
		assertThat(second.split("<tr id=\"point-", -1)).hasSize(11);
		assertThat(second).doesNotContain("rel=\"next\"");
		assertThat(browser.get("/applications/gitea?after=nonsense").statusCode()).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/applications/wiki", "/applications/No%20Name", "/applications/%3Cb%3E" })
	void anApplicationThatNobodyKnowsIsNotThere(String path) {
		HttpResponse<String> page = browser(Scope.READ).get(path);

		assertThat(page.statusCode()).isEqualTo(404);
		assertThat(page.body()).contains("is declared, and nothing is recorded of one").doesNotContain("<b>'");
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
		assertThat(page.body()).contains("times in " + ((zone != null) ? zone : ZoneId.systemDefault().getId()));
	}

	/** Every job can be started, and none begins. */
	private static final class Startable implements Runs.Starter {

		@Override
		public void requireStartable(JobName job) {
		}

		@Override
		public void begin(RunOrder order) {
		}

		@Override
		public void takeBack(RunOrder order) {
		}

	}

}
