package dev.longhaul.restore.rebuild;

/**
 * How far an Application is brought.
 */
enum Goal {

	/** All that it declares is there. */
	APPLIED,

	/** And is well. */
	WELL

}
