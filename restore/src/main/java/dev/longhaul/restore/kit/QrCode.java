package dev.longhaul.restore.kit;

import io.nayuki.qrcodegen.QrCode.Ecc;

/**
 * A text as a QR code, drawn as SVG: sharp at any size, and nothing to be loaded.
 */
final class QrCode {

	/** White around it, which readers need, in squares. */
	private static final int BORDER = 4;

	private QrCode() {
	}

	/**
	 * @param text short enough for one code
	 * @param label for whoever does not see it; harmless in HTML
	 */
	static String svg(String text, String label) {
		var code = io.nayuki.qrcodegen.QrCode.encodeText(text, Ecc.MEDIUM);
		StringBuilder path = new StringBuilder();
		for (int y = 0; y < code.size; y++) {
			for (int x = 0; x < code.size; x++) {
				if (code.getModule(x, y)) {
					path.append("M%d,%dh1v1h-1z".formatted(x + BORDER, y + BORDER));
				}
			}
		}
		int size = code.size + 2 * BORDER;
		return """
				<svg class="qr" role="img" aria-label="%1$s" viewBox="0 0 %2$d %2$d" shape-rendering="crispEdges">\
				<rect width="%2$d" height="%2$d" fill="#fff"/><path d="%3$s" fill="#000"/></svg>
				""".formatted(label, size, path);
	}

}
