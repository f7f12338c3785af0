package dev.longhaul.scheduler.page.picture;

/**
 * A drawn picture. Only this package can make one, and everything in it is escaped
 * already: the one text that pages take over as it is.
 */
public final class Picture {

	private final String svg;

	Picture(String svg) {
		this.svg = svg;
	}

	/** One element {@code svg}, for a place within a page's body. */
	public String svg() {
		return svg;
	}

	@Override
	public String toString() {
		return svg;
	}

}
