package dev.longhaul.scheduler.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.scheduler.page.overview.OverviewPage;
import dev.longhaul.scheduler.page.run.RunPage;
import dev.longhaul.scheduler.page.table.Query;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

class RenderingTest {

	private final Assets assets = new Assets();

	private final Pages pages = new Pages(assets);

	@TestFactory
	Stream<DynamicTest> everyPageIsAWholeDocumentThatSaysWhatItIs() {
		Map<String, Page> all = new LinkedHashMap<>(Samples.badDay());
		Samples.empty().forEach((path, page) -> all.put("empty " + path, page));
		return eachOf(all,
				(page, html) -> assertThat(html).startsWith("<!doctype html>")
					.contains("<title>" + page.title() + " – Longhaul home</title>")
					.contains("</html>")
					.doesNotContain("null", "@if", "@for", "${"));
	}

	@TestFactory
	Stream<DynamicTest> noPageHasAScriptOrStyleWithinIt() {
		return eachOf(Samples.badDay(),
				(page, html) -> assertThat(html.replace("<script src=\"" + assets.script(), ""))
					.doesNotContain("<script", "<style", "style=", "javascript:")
					.doesNotContainPattern("\\son[a-z]+="));
	}

	@TestFactory
	Stream<DynamicTest> textsOfOthersAreShownAsWhatTheyAre() {
		return eachOf(Samples.pagesWith(Hostile.ALL), (page, html) -> {
			assertThat(html).doesNotContain("<script>alert", "<img")
				.doesNotContainPattern("=\"[^\"]*\" onmouseover=")
				.doesNotContain("\u202E", "\u2066", "\u200B", "\u0007", "\u001B", "\u0000");
			assertThat(html).contains("&lt;script&gt;alert(1)&lt;/script&gt;", "\\u202egpj.exe");
			assertThat(html).doesNotContain("x".repeat(2001));
		});
	}

	@TestFactory
	Stream<DynamicTest> everyFormThatPostsCarriesTheToken() {
		return eachOf(Samples.badDay(), (page, html) -> {
			int posts = html.split("method=\"post\"", -1).length - 1;
			int tokens = html.split("name=\"_csrf\" value=\"c5rf-t0ken\"", -1).length - 1;

			assertThat(posts).isPositive().isEqualTo(tokens);
		});
	}

	@Test
	void timesAreRelativeWithTheAbsoluteOneAtHand() {
		String html = pages.render(Samples.FRAME, Samples.badDay().get("/"));

		assertThat(html).contains("<time datetime=\"2026-11-22T01:30:00Z\" title=\"2026-11-22 02:30 Europe/Berlin\" "
				+ "data-relative>7 h ago</time>");
	}

	@Test
	void shapesHaveWordsForWhoCannotSeeThem() {
		String html = pages.render(Samples.FRAME, Samples.badDay().get("/"));

		assertThat(html)
			.contains("<span class=\"shape fails\" role=\"img\" aria-label=\"0 errors: fails\" "
					+ "title=\"0 errors: fails\">✕</span>")
			.contains("aria-label=\"1 immutable: unknown\"")
			.contains("aria-label=\"3 copies: holds\"");
	}

	@Test
	void aFailingClauseOpensToWhatMendsIt() {
		String html = pages.render(Samples.FRAME, Samples.badDay().get("/"));

		assertThat(html).contains("longhaul mirror s3://longhorn-backups@eu-central-003/longhorn file:///mnt/nas")
			.contains("Back it up again now");
	}

	@Test
	void aFilterShowsWhatItWasAskedForAndNothingElse() {
		Query query = Query.of("/", Map.of("q", "\"><script>", "sort", "-size"));
		OverviewPage page = Samples.overview(Samples.household("evidence"), query, "free");

		String html = pages.render(Samples.FRAME, page);

		assertThat(html).contains("value=\"&#34;>&lt;script>\"")
			.contains("None of 4 applications contains “\"&gt;&lt;script&gt;”");
	}

	@Test
	void aLargeInstallationFitsAPage() {
		String html = pages.render(Samples.FRAME, Samples.large(200));

		assertThat(html.length()).isLessThan(1_500_000);
		assertThat(html).contains("app-199");
	}

	@Test
	void whatMovesIsRenderedWithoutTheRest() {
		RunPage page = Samples.running("backup");

		assertThat(pages.live(Samples.FRAME, page).strip()).startsWith("<div id=\"run-live\">").endsWith("</div>");
		assertThat(pages.live(Samples.FRAME, page.log().lines().subList(4, 6)).strip()).startsWith("<li id=\"L5\"")
			.contains("<li id=\"L6\"")
			.endsWith("</li>");
	}

	@Test
	void onlyPicturesOfOurOwnAreTakenOverAsTheyAre() throws IOException {
		try (Stream<Path> templates = Files.walk(Path.of("src", "main", "jte"))) {
			List<String> unsafe = templates.filter(Files::isRegularFile)
				.filter(template -> read(template).contains("$unsafe"))
				.map(template -> template.getFileName().toString())
				.collect(Collectors.toList());

			assertThat(unsafe).containsExactly("picture.jte");
		}
	}

	@Test
	void anAssetIsFoundUnderTheHashOfItsContentOnly() {
		assertThat(assets.styles()).matches("/assets/[0-9a-f]{16}/longhaul.css");
		assertThat(assets.find(assets.styles())).get()
			.satisfies(asset -> assertThat(asset.contentType()).isEqualTo("text/css; charset=utf-8"));
		assertThat(assets.find("/assets/0000000000000000/longhaul.css")).isEmpty();
		assertThat(assets.find("/assets/../longhaul.css")).isEmpty();
	}

	private Stream<DynamicTest> eachOf(Map<String, Page> shown, Check check) {
		return shown.entrySet()
			.stream()
			.map(entry -> DynamicTest.dynamicTest(entry.getKey(),
					() -> check.check(entry.getValue(), pages.render(Samples.FRAME, entry.getValue()))));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private interface Check {

		void check(Page page, String html);

	}

}
