package dev.longhaul.core.run;

import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The run for which a thread works. Whoever logs, counts or measures on that thread asks
 * here instead of having it handed down through everything in between.
 *
 * @param id unique among all runs of an installation; never a secret
 */
public record RunAtHand(String id, JobName job) {

	private static final ThreadLocal<@Nullable RunAtHand> HERE = new ThreadLocal<>();

	/** That of the current thread; empty if it works for none. */
	public static Optional<RunAtHand> here() {
		return Optional.ofNullable(HERE.get());
	}

	/** Does something for this run, on the current thread. */
	public <T> T during(Supplier<T> work) {
		RunAtHand before = HERE.get();
		HERE.set(this);
		try {
			return work.get();
		}
		finally {
			restore(before);
		}
	}

	/**
	 * The same work, for the run that the current thread works for, on whatever thread it
	 * is done.
	 */
	public static Runnable carried(Runnable work) {
		RunAtHand run = HERE.get();
		if (run == null) {
			return work;
		}
		return () -> run.during(() -> {
			work.run();
			return run;
		});
	}

	private static void restore(@Nullable RunAtHand before) {
		if (before != null) {
			HERE.set(before);
		}
		else {
			HERE.remove();
		}
	}

}
