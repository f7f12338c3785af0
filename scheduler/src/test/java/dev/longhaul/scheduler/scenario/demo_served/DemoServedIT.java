package dev.longhaul.scheduler.scenario.demo_served;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.longhaul.scheduler.page.Axe;
import dev.longhaul.scheduler.page.Chromium;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: whoever starts the demo can look at everything it has, and start something. It
 * takes the pictures of the documentation, too: {@code docs/images/take} has them put
 * there.
 */
@TestMethodOrder(OrderAnnotation.class)
class DemoServedIT {

	private static final Path IMAGES = Path.of(System.getProperty("longhaul.images", "target/images"));

	/** A demo has fewer; a walk that does not end has more. */
	private static final int MOST_PAGES = 100;

	/** In milliseconds: a night of the demo, on a machine that does much else. */
	private static final double NIGHT = 180_000;

	@TempDir
	private static Path directory;

	private static ServedDemo demo;

	private static Chromium chromium;

	private static Axe axe;

	/** What a page is looked at with. */
	private enum Look {

		LIGHT(1280, 800, ColorScheme.LIGHT), DARK(1280, 800, ColorScheme.DARK), PHONE(360, 740, ColorScheme.LIGHT);

		private final int width;

		private final int height;

		private final ColorScheme colours;

		Look(int width, int height, ColorScheme colours) {
			this.width = width;
			this.height = height;
			this.colours = colours;
		}

		BrowserContext open() {
			return chromium.browser()
				.newContext(new NewContextOptions().setViewportSize(width, height)
					.setColorScheme(colours)
					.setTimezoneId("Europe/Berlin"));
		}

		String suffix() {
			return (this == LIGHT) ? "" : "-" + name().toLowerCase(Locale.ROOT);
		}

	}

	@BeforeAll
	static void start() throws IOException {
		axe = Axe.load();
		chromium = Chromium.start();
		demo = ServedDemo.start(directory);
	}

	@AfterAll
	static void stop() {
		if (demo != null) {
			demo.close();
		}
		if (chromium != null) {
			chromium.close();
		}
	}

	@Test
	@Order(1)
	void theTokenIsInAFileThatOnlyItsOwnerReads() throws IOException {
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(demo.tokenFile())))
			.isEqualTo("rw-------");
		assertThat(demo.printed()).contains("Longhaul answers at " + demo.url("/")).doesNotContain(demo.token());
	}

	@Test
	@Order(1)
	void healthIsForEverybodyAndTheInterfaceIsForWhoHasAToken() throws IOException, InterruptedException {
		assertThat(get("/actuator/health", null).statusCode()).isEqualTo(200);
		assertThat(get("/api/v1/openapi.json", null).statusCode()).isEqualTo(401);
		assertThat(get("/api/v1/openapi.json", demo.token()).statusCode()).isEqualTo(200);
	}

	@Test
	@Order(2)
	void aRunIsStartedAndWatchedUntilItEnds() throws IOException {
		try (BrowserContext context = Look.LIGHT.open(); Page page = signedIn(context)) {
			Locator offer = page.locator(".actions summary").getByText("Run nightly");
			Awaitility.await("definitions in force").atMost(Duration.ofMinutes(2)).until(() -> {
				page.reload();
				return offer.isVisible();
			});
			offer.click();
			page.locator(".actions details[open] button").getByText("Run nightly").click();
			page.locator(".notice a").click();
			assertThat(URI.create(page.url()).getPath()).startsWith("/runs/");

			page.locator("#run-live .steps li.running").first().waitFor(atMost(NIGHT));
			page.locator("#run-live .steps li.succeeded").nth(1).waitFor(atMost(NIGHT));
			page.locator("ol.log li").first().waitFor(atMost(NIGHT));
			int lines = page.locator("ol.log li").count();
			picture(page, "run-live");
			page.locator("#run-live .facts .state.proven").waitFor(atMost(NIGHT));

			assertThat(page.locator("ol.log li").count()).isGreaterThan(lines);
			assertThat(page.locator("#run-live .steps li:not(.succeeded)").count()).isZero();
			assertThat(page.locator("[data-live]").count()).isZero();
			picture(page, "run");
		}
	}

	@ParameterizedTest
	@EnumSource
	@Order(3)
	void everyPageThatLinksLeadToIsWithoutFault(Look look) throws IOException {
		Map<String, List<String>> faults = new LinkedHashMap<>();
		Set<String> seen = new LinkedHashSet<>();
		try (BrowserContext context = look.open(); Page page = signedIn(context)) {
			List<String> heard = heard(page);
			Deque<String> next = new ArrayDeque<>(List.of("/"));
			while (!next.isEmpty() && seen.size() < MOST_PAGES) {
				String path = next.remove();
				if (seen.add(path)) {
					List<String> wrong = faults(page, path);
					wrong.addAll(heard);
					heard.clear();
					if (!wrong.isEmpty()) {
						faults.put(path, wrong);
					}
					picture(page, look, path);
					next.addAll(links(page));
				}
			}
		}

		assertThat(faults).isEmpty();
		assertThat(seen).hasSizeLessThan(MOST_PAGES)
			.contains("/", "/runs", "/verification", "/jobs", "/targets", "/restore", "/migrations", "/jobs/nightly",
					"/applications/nextcloud", "/applications/vaultwarden", "/applications/gitea")
			.anyMatch(path -> path.startsWith("/runs/"));
	}

	@Test
	@Order(4)
	void ctrlCEndsItCleanly() throws IOException, InterruptedException {
		List<ProcessHandle> children = demo.descendants();

		assertThat(demo.interrupt()).isZero();
		assertThat(demo.printed()).contains("The demo ends").doesNotContain("Exception");
		assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
	}

	private static HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(demo.url(path));
		if (token != null) {
			request.header("Authorization", "Bearer " + token);
		}
		return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
	}

	private static Page signedIn(BrowserContext context) throws IOException {
		Page page = context.newPage();
		page.navigate(demo.url("/").toString());
		picture(page, "login");
		page.locator("#token").fill(demo.token());
		page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Log in")).click();
		page.locator("nav").waitFor();
		return page;
	}

	private static Locator.WaitForOptions atMost(double milliseconds) {
		return new Locator.WaitForOptions().setTimeout(milliseconds);
	}

	/** What a page complains of, or asks for elsewhere, from now on. */
	private static List<String> heard(Page page) {
		List<String> heard = new ArrayList<>();
		page.onConsoleMessage(message -> heard.add("console: " + message.text()));
		page.onPageError(error -> heard.add("script: " + error));
		page.onRequest(request -> {
			if (!request.url().startsWith(demo.url("/").toString())) {
				heard.add("asked " + request.url());
			}
		});
		return heard;
	}

	/** What is wrong with a page, for whoever sees it and whoever does not. */
	private static List<String> faults(Page page, String path) {
		int status = page.navigate(demo.url(path).toString()).status();
		List<String> faults = new ArrayList<>(axe.violations(page));
		if (status != 200) {
			faults.add("answers " + status);
		}
		Object wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth");
		if (((Number) wide).intValue() > 0) {
			faults.add("wider than the window by %s pixels".formatted(wide));
		}
		return faults;
	}

	/** Pages of this server that a page links to, without what is behind their names. */
	private static List<String> links(Page page) {
		Object links = page.evaluate("() => [...document.querySelectorAll('main a[href], nav a[href]')]"
				+ ".filter(a => a.origin === location.origin && !a.pathname.startsWith('/api/')).map(a => a.pathname)");
		return ((List<?>) links).stream().map(Object::toString).distinct().toList();
	}

	private static void picture(Page page, Look look, String path) {
		String name = switch (path) {
			case "/" -> "overview";
			case "/runs", "/verification", "/jobs", "/targets", "/restore", "/migrations" -> path.substring(1);
			case "/jobs/nightly" -> "job";
			case "/applications/nextcloud" -> "application";
			default -> "";
		};
		if (!name.isEmpty() && (look == Look.LIGHT || name.equals("overview"))) {
			picture(page, name + look.suffix());
		}
	}

	private static void picture(Page page, String name) {
		page.screenshot(new ScreenshotOptions().setPath(IMAGES.resolve(name + ".png")).setFullPage(true));
	}

}
