package dev.longhaul.scheduler.page;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.longhaul.scheduler.page.run.RunLog;
import dev.longhaul.scheduler.page.run.RunPage;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/**
 * Renders pages. Safe for several threads.
 */
public final class Pages {

	private final TemplateEngine templates;

	private final Assets assets;

	public Pages(Assets assets) {
		// Not the thread's class loader: whoever asks first may have another one.
		this.templates = TemplateEngine.createPrecompiled(null, ContentType.Html, Pages.class.getClassLoader());
		this.assets = assets;
	}

	/** A whole document of HTML. */
	public String render(Frame frame, Page page) {
		return render(template(page), Map.of("frame", frame, "assets", assets, "page", page));
	}

	/**
	 * The part of a run's page that moves, to replace the element of the id
	 * {@code run-live} with while somebody looks.
	 */
	public String live(Frame frame, RunPage page) {
		return render("part/run-live.jte", Map.of("frame", frame, "page", page));
	}

	/** Lines that were added to a run's log since, to go below those that are there. */
	public String live(Frame frame, List<RunLog.Line> lines) {
		return render("part/log-lines.jte", Map.of("reader", frame.reader(), "lines", lines));
	}

	private String render(String template, Map<String, Object> values) {
		StringOutput html = new StringOutput(16 * 1024);
		templates.render(template, values, new HarmlessOutput(html));
		return html.toString();
	}

	private static String template(Page page) {
		String name = page.getClass().getSimpleName();
		return name.substring(0, name.length() - "Page".length()).toLowerCase(Locale.ROOT) + ".jte";
	}

}
