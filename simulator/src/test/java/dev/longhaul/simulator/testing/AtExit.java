package dev.longhaul.simulator.testing;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What all test classes of a process share is closed when the process ends, in the
 * reverse order: with several processes, each class has a run of its own, and nobody is
 * told which is the last.
 */
public final class AtExit {

	private static final System.Logger LOG = System.getLogger(AtExit.class.getName());

	private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();

	static {
		Runtime.getRuntime().addShutdownHook(new Thread(AtExit::closeAll, "shared by tests"));
	}

	private AtExit() {
	}

	public static synchronized <T extends AutoCloseable> T close(T shared) {
		OPEN.push(shared);
		return shared;
	}

	private static synchronized void closeAll() {
		while (!OPEN.isEmpty()) {
			AutoCloseable next = OPEN.pop();
			try {
				next.close();
			}
			catch (Exception ex) {
				LOG.log(System.Logger.Level.WARNING, "not closed: " + next, ex);
			}
		}
	}

}
