package dev.longhaul.scheduler.page.picture;

import java.time.ZoneId;
import java.util.List;

/**
 * How a share of a whole went.
 */
public final class SharePlot {

	private static final int WIDTH = 720;

	private static final int HEIGHT = 140;

	private static final int LEFT = 56;

	private static final int SPANS = 180;

	private SharePlot() {
	}

	/**
	 * @param shares from 0 to 1
	 */
	public static Picture of(String title, List<Sample> shares, ZoneId zone) {
		List<Sample> thinned = Thinning.of(shares, SPANS);
		Svg svg = Svg.image("shares", WIDTH, HEIGHT, title, figures(thinned));
		if (thinned.size() > 1) {
			draw(svg, thinned, zone);
		}
		return svg.picture();
	}

	private static void draw(Svg svg, List<Sample> shares, ZoneId zone) {
		double bottom = HEIGHT - 24.0;
		Scale y = new Scale(0, 1, bottom, 12);
		TimeAxis axis = new TimeAxis(shares.get(0).at(), shares.get(shares.size() - 1).at(), zone, LEFT, WIDTH - 24.0);
		for (double share : new double[] { 0, 0.5, 1 }) {
			svg.line("grid", LEFT, y.at(share), WIDTH - 24.0, y.at(share));
			svg.label(LEFT - 8.0, y.at(share) + 4, "end", Ring.percent(share));
		}
		axis.draw(svg, 12, bottom);
		svg.empty("path", "class", "line", "d", Paths.line(shares, axis.scale(), y));
	}

	private static String figures(List<Sample> shares) {
		if (shares.isEmpty()) {
			return "No figures yet.";
		}
		return "From %s to %s.".formatted(Ring.percent(shares.get(0).value()),
				Ring.percent(shares.get(shares.size() - 1).value()));
	}

}
