package dev.longhaul.scheduler.log;

/**
 * For whom lines are written.
 */
public enum LogFormat {

	/** For people. */
	TEXT,

	/** For machines: each line is an object. */
	JSON;

	/** What is no format is one for people: it is refused elsewhere, and said there. */
	static LogFormat of(String word) {
		return JSON.name().equalsIgnoreCase(word) ? JSON : TEXT;
	}

}
