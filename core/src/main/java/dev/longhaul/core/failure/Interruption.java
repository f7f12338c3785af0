package dev.longhaul.core.failure;

/**
 * The program was told to stop. What was half done is undone on the way out.
 */
public final class Interruption extends LonghaulException {

	private static final long serialVersionUID = 1L;

	private static final String HINT = "run the same command again";

	public Interruption(String fact) {
		super(FailureCode.INTERRUPTED, fact, HINT, null);
	}

	private Interruption(String fact, InterruptedException cause) {
		super(FailureCode.INTERRUPTED, fact, HINT, cause);
	}

	/**
	 * Translates an {@link InterruptedException}, keeping the thread's interrupt flag set
	 * so that callers further out notice too.
	 */
	public static Interruption of(InterruptedException cause, String whileDoing) {
		Thread.currentThread().interrupt();
		return new Interruption("interrupted while " + whileDoing, cause);
	}

}
