package dev.longhaul.scheduler.page;

/**
 * Texts that others may write into a bucket or a cluster, to be shown as what they are.
 */
final class Hostile {

	/** Would run in a browser that took it for HTML. */
	static final String SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>";

	/** Would end an attribute and begin another. */
	static final String QUOTES = "\" onmouseover=\"alert(3)\" ' onfocus='alert(4)";

	/** Would turn the direction of what follows it, or hide it. */
	static final String INVISIBLE = "a\u202Egpj.exe\u2066\u200Bb\u0007\u001B[2J\u0000c";

	/** Would fill a page. */
	static final String LONG = "x".repeat(10_000);

	static final String ALL = SCRIPT + QUOTES + INVISIBLE + "</title></svg></style>" + LONG;

	private Hostile() {
	}

}
