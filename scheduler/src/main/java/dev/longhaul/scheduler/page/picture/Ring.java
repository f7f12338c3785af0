package dev.longhaul.scheduler.page.picture;

/**
 * A share of a whole, as a ring that fills clockwise from the top.
 */
public final class Ring {

	private static final double RADIUS = 40;

	private Ring() {
	}

	/**
	 * @param title what it is the share of
	 * @param share from 0 to 1; what is beyond is drawn as the nearer of the two
	 */
	public static Picture of(String title, double share) {
		double shown = Double.isFinite(share) ? Math.max(0, Math.min(1, share)) : 0;
		double around = 2 * Math.PI * RADIUS;
		String percent = percent(shown);
		return Svg.image("ring", 100, 100, title, percent)
			.empty("circle", "class", "track", "cx", "50", "cy", "50", "r", Svg.number(RADIUS))
			.empty("circle", "class", "share", "cx", "50", "cy", "50", "r", Svg.number(RADIUS), "stroke-dasharray",
					"%s %s".formatted(Svg.number(shown * around), Svg.number(around)), "transform", "rotate(-90 50 50)")
			.words("text", percent, "class", "figure", "x", "50", "y", "57", "text-anchor", "middle")
			.picture();
	}

	/** Rounded towards less: what is not whole is never shown as 100 %. */
	public static String percent(double share) {
		return (int) Math.floor(share * 100 + 1e-9) + " %";
	}

}
