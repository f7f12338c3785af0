package dev.longhaul.core.thread;

import java.util.concurrent.ThreadFactory;

import dev.longhaul.core.run.RunAtHand;

/**
 * Makes threads that do a part of what another one does. They do not keep the program
 * from ending, and work for the run that the thread which asks for them works for, so
 * whoever keeps them for longer than a run makes its own.
 */
public final class Workers implements ThreadFactory {

	private final String name;

	private Workers(String name) {
		this.name = name;
	}

	/**
	 * @param name of each of the threads
	 */
	public static Workers named(String name) {
		return new Workers(name);
	}

	@Override
	public Thread newThread(Runnable work) {
		Thread thread = new Thread(RunAtHand.carried(work), name);
		thread.setDaemon(true);
		return thread;
	}

}
