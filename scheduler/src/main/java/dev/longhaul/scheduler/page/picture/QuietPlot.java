package dev.longhaul.scheduler.page.picture;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import dev.longhaul.core.text.Spans;

/**
 * How long an application was quiet for its snapshots, each time; milliseconds matter
 * here.
 */
public final class QuietPlot {

	private static final int WIDTH = 720;

	private static final int HEIGHT = 160;

	private static final int LEFT = 64;

	private static final int SPANS = 180;

	private QuietPlot() {
	}

	/**
	 * @param windows in milliseconds
	 */
	public static Picture of(String title, List<Sample> windows, ZoneId zone) {
		List<Sample> thinned = Thinning.of(windows, SPANS);
		Svg svg = Svg.image("quiet", WIDTH, HEIGHT, title, figures(windows));
		if (!thinned.isEmpty()) {
			draw(svg, thinned, zone);
		}
		return svg.picture();
	}

	private static void draw(Svg svg, List<Sample> windows, ZoneId zone) {
		double bottom = HEIGHT - 24.0;
		Instant first = windows.get(0).at();
		Instant last = windows.get(windows.size() - 1).at();
		List<Double> ticks = Scale.ticks(windows.stream().mapToDouble(Sample::value).max().orElse(1), 1, 10);
		Scale y = new Scale(0, ticks.get(ticks.size() - 1), bottom, 12);
		for (double tick : ticks) {
			svg.line("grid", LEFT, y.at(tick), WIDTH - 12.0, y.at(tick));
			svg.label(LEFT - 8.0, y.at(tick) + 4, "end", said(tick));
		}
		TimeAxis axis = new TimeAxis(first, last, zone, LEFT + 8.0, WIDTH - 24.0);
		axis.draw(svg, 12, bottom);
		for (Sample window : windows) {
			double x = axis.at(window.at());
			svg.line("stem", x, bottom, x, y.at(window.value()));
			svg.empty("circle", "class", "dot", "cx", Svg.number(x), "cy", Svg.number(y.at(window.value())), "r",
					"2.5");
		}
	}

	private static String figures(List<Sample> windows) {
		if (windows.isEmpty()) {
			return "Never made quiet.";
		}
		List<Sample> sorted = windows.stream().sorted((a, b) -> Double.compare(a.value(), b.value())).toList();
		return "%d windows: shortest %s, median %s, longest %s.".formatted(sorted.size(), said(sorted.get(0).value()),
				said(sorted.get(sorted.size() / 2).value()), said(sorted.get(sorted.size() - 1).value()));
	}

	/** {@code 412 ms}, {@code 3.2 s}, {@code 2 min 5 s}. */
	public static String said(double millis) {
		return (millis < 1000) ? Math.round(millis) + " ms" : Spans.of(Duration.ofMillis(Math.round(millis)));
	}

}
