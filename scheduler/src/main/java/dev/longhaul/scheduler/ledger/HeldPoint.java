package dev.longhaul.scheduler.ledger;

import java.util.List;

import dev.longhaul.core.verdict.Copy;

/**
 * A restore point, and where it is.
 *
 * @param copies besides the live volumes, each with what reading it back showed
 */
public record HeldPoint(StoredPoint point, List<Copy> copies) {

	public HeldPoint {
		copies = List.copyOf(copies);
	}

}
