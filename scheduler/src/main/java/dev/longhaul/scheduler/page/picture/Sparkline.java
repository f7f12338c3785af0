package dev.longhaul.scheduler.page.picture;

import java.util.Comparator;
import java.util.List;

import dev.longhaul.core.volume.ByteSize;

/**
 * How a size went, as small as a word. Its foot is zero, so that a little growth looks
 * like one.
 */
public final class Sparkline {

	private static final int WIDTH = 120;

	private static final int HEIGHT = 24;

	private static final int SPANS = 60;

	private Sparkline() {
	}

	/**
	 * @param title what it is the size of, and since when
	 */
	public static Picture of(String title, List<Sample> sizes) {
		List<Sample> thinned = Thinning.of(sizes, SPANS);
		Svg svg = Svg.image("sparkline", WIDTH, HEIGHT, title, figures(thinned));
		if (!thinned.isEmpty()) {
			draw(svg, thinned);
		}
		return svg.picture();
	}

	private static void draw(Svg svg, List<Sample> sizes) {
		Sample last = sizes.get(sizes.size() - 1);
		double most = sizes.stream().mapToDouble(Sample::value).max().orElse(0);
		Scale x = Scale.ofTime(sizes.get(0).at(), last.at(), 2, WIDTH - 4.0);
		Scale y = new Scale(0, most, HEIGHT - 2.0, 3);
		if (sizes.size() > 1) {
			String line = Paths.line(sizes, x, y);
			double right = x.at(last.at());
			svg.empty("path", "class", "under", "d",
					"%sL%s,%dL2,%dZ".formatted(line, Svg.number(right), HEIGHT, HEIGHT));
			svg.empty("path", "class", "line", "d", line);
		}
		svg.empty("circle", "class", "newest", "cx", Svg.number(x.at(last.at())), "cy", Svg.number(y.at(last.value())),
				"r", "2.2");
	}

	private static String figures(List<Sample> sizes) {
		if (sizes.isEmpty()) {
			return "No figures yet.";
		}
		Comparator<Sample> byValue = Comparator.comparingDouble(Sample::value);
		return "From %s to %s; least %s, most %s.".formatted(size(sizes.get(0)), size(sizes.get(sizes.size() - 1)),
				size(sizes.stream().min(byValue).orElseThrow()), size(sizes.stream().max(byValue).orElseThrow()));
	}

	private static ByteSize size(Sample sample) {
		return new ByteSize((long) sample.value());
	}

}
