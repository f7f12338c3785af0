package dev.longhaul.scheduler.page.table;

/**
 * Which way a column sorts.
 */
public enum Order {

	ASCENDING, DESCENDING;

	Order other() {
		return (this == ASCENDING) ? DESCENDING : ASCENDING;
	}

}
