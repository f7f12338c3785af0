package dev.longhaul.core.retention;

/**
 * How much of a target was seen.
 */
public sealed interface Listing {

	/** It answered, and all of it was listed. */
	record InFull() implements Listing {
	}

	/**
	 * It did not answer, or not to the end. What was not seen may be there all the same.
	 *
	 * @param why for people
	 */
	record InDoubt(String why) implements Listing {
	}

}
