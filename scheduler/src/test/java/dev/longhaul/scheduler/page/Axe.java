package dev.longhaul.scheduler.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import com.microsoft.playwright.Page;

/**
 * Looks at a page as those do who cannot see it, or cannot use a mouse.
 */
public final class Axe {

	private final String script;

	private Axe(String script) {
		this.script = script;
	}

	public static Axe load() throws IOException {
		try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
			return new Axe(new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8));
		}
	}

	/** What is wrong with a page that is open, and where. */
	public List<String> violations(Page page) {
		page.evaluate(script);
		Object violations = page
			.evaluate("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"
					+ ".map(v => `axe: ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 200)"
					+ " + ' | ' + n.failureSummary).join(' || ')}`)");
		return ((List<?>) violations).stream().map(Object::toString).toList();
	}

}
