package dev.longhaul.scheduler.run;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import dev.longhaul.core.run.RunAtHand;
import dev.longhaul.scheduler.run.RunEvent.Body;

/**
 * What happens in one run, as numbered events. The newest are kept and can be told again;
 * whoever is too slow misses the oldest, and never holds the run up.
 */
final class RunProgress {

	/** A night of thirty volumes tells of so many in some minutes. */
	static final int KEPT = 1000;

	private static final System.Logger LOG = System.getLogger(RunProgress.class.getName());

	private final Clock clock;

	/** Tells listeners; one thread, so that each hears events in order. */
	private final Executor telling;

	private final Deque<RunEvent> kept = new ArrayDeque<>();

	private final List<Listening> listening = new ArrayList<>();

	private long newest;

	RunProgress(Clock clock, Executor telling) {
		this.clock = clock;
		this.telling = telling;
	}

	synchronized void add(Body body) {
		newest++;
		kept.addLast(new RunEvent(newest, clock.instant().truncatedTo(ChronoUnit.MILLIS), body));
		if (kept.size() > KEPT) {
			kept.removeFirst();
		}
		listening.forEach(Listening::wake);
	}

	/**
	 * @param from the number of the first event to be told, if it is still kept; the end
	 * is told in any case, or nobody would know that there is nothing to wait for
	 */
	synchronized Following follow(long from, Consumer<RunEvent> listener) {
		boolean over = kept.peekLast() != null && kept.peekLast().body() instanceof Body.Ended;
		Listening following = new Listening(Math.min(from, over ? newest : newest + 1), listener);
		listening.add(following);
		following.wake();
		return following;
	}

	private synchronized List<RunEvent> since(long from) {
		return kept.stream().filter(event -> event.number() >= from).toList();
	}

	private synchronized void forget(Listening following) {
		listening.remove(following);
	}

	/** One listener, and what it has heard. */
	private final class Listening implements Following {

		private final Consumer<RunEvent> listener;

		/** Only touched by the telling thread. */
		private long next;

		private boolean awake;

		private volatile boolean closed;

		Listening(long from, Consumer<RunEvent> listener) {
			this.next = from;
			this.listener = listener;
		}

		/** At most one telling of a listener is due at any time. */
		private void wake() {
			if (!awake) {
				awake = true;
				telling.execute(RunAtHand.carried(this::tell));
			}
		}

		private void tell() {
			synchronized (RunProgress.this) {
				awake = false;
			}
			for (RunEvent event : since(next)) {
				if (closed) {
					return;
				}
				next = event.number() + 1;
				tell(event);
			}
		}

		private void tell(RunEvent event) {
			try {
				listener.accept(event);
			}
			catch (RuntimeException ex) {
				LOG.log(System.Logger.Level.WARNING, "somebody who watches a run has failed, and is told no more", ex);
				close();
			}
			if (event.body() instanceof Body.Ended) {
				close();
			}
		}

		@Override
		public void close() {
			closed = true;
			forget(this);
		}

	}

}
