package dev.longhaul.scheduler.run;

/**
 * Somebody who watches a run, until it is over or this is closed.
 */
public interface Following extends AutoCloseable {

	@Override
	void close();

}
