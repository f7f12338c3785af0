package dev.longhaul.scheduler.page;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page.LocatorOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.longhaul.scheduler.page.run.RunLog;
import dev.longhaul.scheduler.page.run.RunLog.Level;
import dev.longhaul.scheduler.page.run.RunLog.Line;
import dev.longhaul.scheduler.page.run.RunPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

class BrowserIT {

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	private static final Map<String, NewContextOptions> LOOKS = new LinkedHashMap<>();

	static {
		LOOKS.put("light", new NewContextOptions().setViewportSize(1280, 900).setColorScheme(ColorScheme.LIGHT));
		LOOKS.put("dark", new NewContextOptions().setViewportSize(1280, 900).setColorScheme(ColorScheme.DARK));
		LOOKS.put("phone", new NewContextOptions().setViewportSize(360, 740).setColorScheme(ColorScheme.LIGHT));
	}

	private static Chromium chromium;

	private static Axe axe;

	private PageServer server;

	@BeforeAll
	static void start() throws IOException {
		chromium = Chromium.start();
		axe = Axe.load();
	}

	@AfterAll
	static void stop() {
		if (chromium != null) {
			chromium.close();
		}
	}

	@BeforeEach
	void serve() throws IOException {
		server = new PageServer();
	}

	@AfterEach
	void close() {
		server.close();
	}

	@TestFactory
	Stream<DynamicTest> pagesOfABadDayAreWithoutFault() {
		server.show(Samples.FRAME, Samples.badDay()).show(Samples.OUTSIDE, Samples.outside());
		return withoutFault("bad-day",
				Stream.concat(Samples.badDay().keySet().stream(), Samples.outside().keySet().stream()).toList());
	}

	@TestFactory
	Stream<DynamicTest> pagesOfAnEmptyInstallationAreWithoutFault() {
		server.show(Samples.FRAME, Samples.empty());
		return withoutFault("empty", List.copyOf(Samples.empty().keySet()));
	}

	@TestFactory
	Stream<DynamicTest> pagesOfHostileTextsAreWithoutFault() {
		Map<String, Page> pages = Samples.pagesWith(Hostile.ALL);
		server.show(Samples.FRAME, pages);
		return withoutFault("hostile", List.copyOf(pages.keySet()), "light", "phone");
	}

	@TestFactory
	Stream<DynamicTest> aLargeInstallationIsWithoutFault() {
		server.show(Samples.FRAME, Map.of("/", Samples.large(200)));
		return withoutFault("large", List.of("/"));
	}

	@TestFactory
	Stream<DynamicTest> theKeyboardReachesEverythingThatCanBePressed() {
		server.show(Samples.FRAME, Samples.badDay()).show(Samples.OUTSIDE, Samples.outside());
		return Stream.concat(Samples.badDay().keySet().stream(), Samples.outside().keySet().stream())
			.map(path -> DynamicTest.dynamicTest(path, () -> {
				try (BrowserContext context = chromium.browser().newContext(LOOKS.get("light"));
						com.microsoft.playwright.Page page = context.newPage()) {
					page.route("**/live", Route::abort);
					page.navigate(server.url(path));

					assertThat(walk(page)).as("what the keyboard did not reach, in order").isEmpty();
				}
			}));
	}

	@TestFactory
	Stream<DynamicTest> everyPageIsReadableAndUsableWithoutAScript() {
		server.show(Samples.FRAME, Samples.badDay());
		return Samples.badDay().keySet().stream().map(path -> DynamicTest.dynamicTest(path, () -> {
			try (BrowserContext scripted = chromium.browser().newContext(LOOKS.get("light"));
					BrowserContext plain = chromium.browser()
						.newContext(new NewContextOptions().setViewportSize(1280, 900).setJavaScriptEnabled(false))) {
				assertThat(text(plain, path)).isNotBlank().isEqualTo(text(scripted, path));
			}
		}));
	}

	@Test
	void cancelAsksOnceAndSaysWhatWillHappenWithoutAScript() {
		server.show(Samples.FRAME, Samples.badDay());
		try (BrowserContext plain = chromium.browser().newContext(new NewContextOptions().setJavaScriptEnabled(false));
				com.microsoft.playwright.Page page = plain.newPage()) {
			page.navigate(server.url("/runs/running"));
			String consequence = "What is quiet is released at once.";
			assertThat(page.getByText(consequence).isVisible()).isFalse();

			page.locator("summary", new LocatorOptions().setHasText("Cancel")).click();
			assertThat(page.getByText(consequence).isVisible()).isTrue();
			assertThat(server.posts()).isEmpty();
			// Answered before the page is closed: Chromium may hang over one that is
			// leaving.
			page.waitForResponse("**/cancel", () -> page.locator("details[open] button").click());

			assertThat(server.posts()).containsExactly("/runs/running/cancel _csrf=c5rf-t0ken");
		}
	}

	@Test
	void aRunMovesWhileOneLooksAndEndsByItself() {
		RunPage page = Samples.running("backup");
		String state = server.pages().live(Samples.FRAME, Samples.failed("the bucket did not answer"));
		String line = server.pages()
			.live(Samples.FRAME, List.of(new Line(31, Samples.NOW, Level.INFO, "nextcloud: <b>done</b>")));
		server.show(Samples.FRAME, Map.of("/runs/running", page))
			.stream("/runs/running/live", event("log", line) + event("run", state));
		try (BrowserContext context = chromium.browser().newContext();
				com.microsoft.playwright.Page tab = context.newPage()) {

			tab.navigate(server.url("/runs/running"));
			tab.locator("#L31").waitFor();
			tab.locator("#run-live .failure").waitFor();

			assertThat(tab.locator("#L31 .text").innerText()).isEqualTo("nextcloud: <b>done</b>");
			assertThat(tab.locator("#run-live").count()).isEqualTo(1);
			assertThat(tab.locator("#run-live .failure").innerText()).contains("the bucket did not answer");
		}
	}

	@Test
	void theFirstLineOfARunShowsUpOnAPageThatHadNone() {
		RunPage told = Samples.running("backup");
		RunPage silent = new RunPage(told.run(), null, told.steps(), List.of(), new RunLog(List.of(), "", 0), List.of(),
				told.live());
		String line = server.pages().live(Samples.FRAME, List.of(new Line(1, Samples.NOW, Level.INFO, "it begins")));
		server.show(Samples.FRAME, Map.of("/runs/silent", silent, "/runs/running", silent));
		try (BrowserContext context = chromium.browser().newContext();
				com.microsoft.playwright.Page tab = context.newPage()) {
			tab.route("**/live", Route::abort);
			tab.navigate(server.url("/runs/silent"));
			assertThat(tab.locator(".empty").isVisible()).isTrue();
			assertThat(tab.locator("ol.log").isVisible()).isFalse();

			server.stream("/runs/running/live", event("log", line));
			tab.unroute("**/live");
			tab.navigate(server.url("/runs/running"));
			tab.locator("#L1").waitFor();

			assertThat(tab.locator("#L1").innerText()).contains("it begins");
			assertThat(tab.locator(".empty").isVisible()).isFalse();
		}
	}

	@Test
	void aMarkOfTheTimelineShowsItsCopiesOnFocus() {
		server.show(Samples.FRAME, Samples.badDay());
		try (BrowserContext context = chromium.browser().newContext();
				com.microsoft.playwright.Page page = context.newPage()) {
			page.navigate(server.url("/applications/nextcloud"));

			page.locator(".timeline .mark.damaged").focus();

			assertThat(page.locator("#shown").innerText()).contains("2026-11-22 02:30 Europe/Berlin, damaged")
				.contains("s3://longhorn-backups@eu-central-003/longhorn");
		}
	}

	/**
	 * What can be pressed and was not reached by as many steps as there are such things.
	 */
	private static List<String> walk(com.microsoft.playwright.Page page) {
		Object count = page.evaluate("() => { window.wanted = [...document.querySelectorAll("
				+ "'a[href], button, input:not([type=hidden]), summary, [tabindex=\"0\"]')]"
				+ ".filter(e => e.checkVisibility()); document.activeElement.blur(); return window.wanted.length; }");
		page.evaluate("() => { window.reached = []; document.addEventListener('focusin', e => {"
				+ " if (!e.target.matches(':focus-visible')) window.reached.push(null);"
				+ " window.reached.push(e.target); }); }");
		for (int step = 0; step <= ((Number) count).intValue(); step++) {
			page.keyboard().press("Tab");
		}
		Object missing = page.evaluate("() => { const order = window.reached.filter(e => window.wanted.includes(e));"
				+ " const bad = window.wanted.filter(e => !order.includes(e)).map(e => 'not reached: ' + e.outerHTML);"
				+ " if (window.reached.includes(null)) bad.push('focus cannot be seen');"
				+ " const first = [...new Set(order)]; const back = first.filter((e, i) => i && !(first[i - 1]"
				+ ".compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING));"
				+ " if (back.length > 1) bad.push(...back.map(e => 'out of order: ' + e.outerHTML)); return bad; }");
		return ((List<?>) missing).stream().map(Object::toString).toList();
	}

	private String text(BrowserContext context, String path) {
		try (com.microsoft.playwright.Page page = context.newPage()) {
			page.route("**/live", Route::abort);
			page.navigate(server.url(path));
			return page.locator("main").innerText();
		}
	}

	private static String event(String type, String html) {
		return "event: %s\n%s\n\n".formatted(type,
				html.lines().map(line -> "data: " + line).collect(Collectors.joining("\n")));
	}

	private Stream<DynamicTest> withoutFault(String kind, List<String> paths) {
		return withoutFault(kind, paths, LOOKS.keySet().toArray(String[]::new));
	}

	private Stream<DynamicTest> withoutFault(String kind, List<String> paths, String... looks) {
		return Stream.of(looks).map(look -> DynamicTest.dynamicTest(look, () -> {
			Map<String, List<String>> faults = new LinkedHashMap<>();
			try (BrowserContext context = chromium.browser().newContext(LOOKS.get(look))) {
				for (String path : paths) {
					faults.put(path, faults(context, path, kind + name(path) + "-" + look));
				}
			}
			faults.values().removeIf(List::isEmpty);
			assertThat(faults).isEmpty();
			assertThat(server.missed()).as("what pages ask for and is not there").isEmpty();
		}));
	}

	private List<String> faults(BrowserContext context, String path, String name) {
		List<String> faults = new ArrayList<>();
		try (com.microsoft.playwright.Page page = context.newPage()) {
			page.onConsoleMessage(message -> faults.add("console: " + message.text()));
			page.onPageError(error -> faults.add("script: " + error));
			page.onRequest(request -> {
				if (!request.url().startsWith(server.url("/"))) {
					faults.add("asked " + request.url());
				}
			});
			page.onDialog(dialog -> faults.add("dialog: " + dialog.message()));
			page.route("**/live", Route::abort);
			page.navigate(server.url(path));
			page.screenshot(new ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
			faults.addAll(axe.violations(page));
			Object wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth");
			if (page.locator("img, iframe, [onmouseover], [onfocus], [onerror], [onload]").count() > 0) {
				faults.add("a text became a part of the page");
			}
			if (((Number) wide).intValue() > 0) {
				faults.add("wider than the window by %s pixels".formatted(wide));
			}
		}
		faults.removeIf(fault -> fault.contains("net::ERR_FAILED"));
		return faults;
	}

	private static String name(String path) {
		return path.equals("/") ? "-overview" : path.replace('/', '-');
	}

}
