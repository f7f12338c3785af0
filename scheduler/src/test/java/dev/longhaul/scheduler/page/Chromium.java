package dev.longhaul.scheduler.page;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The Chromium of the machine, driven by Playwright, which brings none of its own here.
 */
public final class Chromium implements AutoCloseable {

	private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

	private final Playwright playwright;

	private final Browser browser;

	private Chromium(Path program) {
		playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		browser = playwright.chromium()
			.launch(new LaunchOptions().setExecutablePath(program)
				.setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
	}

	/** Aborts the test where there is none. */
	public static Chromium start() {
		Optional<Path> program = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
			.filter(Files::isExecutable)
			.findFirst();
		assumeTrue(program.isPresent(), () -> "no Chromium on the PATH: looked for " + NAMES);
		return new Chromium(program.orElseThrow());
	}

	public Browser browser() {
		return browser;
	}

	@Override
	public void close() {
		playwright.close();
	}

}
