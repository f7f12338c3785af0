package dev.longhaul.gitops.form;

/**
 * Something in a file that is not as it has to be.
 *
 * @param fact what stands there
 * @param hint what was expected
 */
public record Problem(Position position, String fact, String hint) {

	@Override
	public String toString() {
		return position + ": " + fact + "; " + hint;
	}

}
