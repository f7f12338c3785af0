package dev.longhaul.scheduler.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.scheduler.access.Authenticator;
import dev.longhaul.scheduler.access.Caller;
import dev.longhaul.scheduler.run.Following;
import dev.longhaul.scheduler.run.RunEvent;
import dev.longhaul.scheduler.run.RunId;
import dev.longhaul.scheduler.run.Runs;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Everybody who watches a run over HTTP. They hold connections, and no threads: one tells
 * them what happens, and one looks every second whether there is more to be said.
 */
public final class Audience implements AutoCloseable {

	/** At once; the server takes a few times as many connections. */
	static final int SEATS = 64;

	/** As many as a browser opens to one server, and two. */
	static final int SEATS_PER_CALLER = 8;

	/** In seconds. Below what proxies wait for an answer that is silent. */
	private static final int PULSE = 15;

	private static final System.Logger LOG = System.getLogger(Audience.class.getName());

	private final Runs runs;

	private final Authenticator authenticator;

	private final List<Seat> seats = new ArrayList<>();

	private final ScheduledThreadPoolExecutor clockwork = new ScheduledThreadPoolExecutor(1, Audience::daemon);

	private final Future<?> ticking;

	private boolean closed;

	private int second;

	public Audience(Runs runs, Authenticator authenticator) {
		this.runs = runs;
		this.authenticator = authenticator;
		ticking = clockwork.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
	}

	private static Thread daemon(Runnable work) {
		Thread thread = new Thread(work, "audience");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * The number of the first event that a listener wants.
	 * @param lastEventId what it says it has heard; null if it has not heard any
	 * @throws RefusedRequest if it cannot have heard that
	 */
	public static long after(@Nullable String lastEventId) {
		if (lastEventId == null || lastEventId.isEmpty()) {
			return 1;
		}
		if (!lastEventId.matches("[0-9]{1,18}")) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "this 'Last-Event-ID' is none of ours",
					"send the 'id' of the last event, or leave it out to hear what is still known");
		}
		return Long.parseLong(lastEventId) + 1;
	}

	/**
	 * Answers a request with what happens in a run, until the run is over, the caller may
	 * not see it any more, or the server stops.
	 * @param from the number of the first event to be told, 1 for all; those that are too
	 * old are not kept
	 * @throws RefusedRequest if there is no such run
	 * @throws TransientFailure if too many watch already, or the server stops
	 */
	public void admit(HttpServletRequest request, HttpServletResponse response, Caller caller, RunId run, long from,
			Story story) throws IOException {
		if (runs.find(run).isEmpty()) {
			throw new RefusedRequest(FailureCode.RUN_NOT_FOUND, "there is no run '%s'".formatted(run),
					"GET /api/v1/runs lists those that are remembered");
		}
		if (request.getMethod().equals("HEAD")) {
			return;
		}
		Seat seat = seat(caller, story, request, response);
		try {
			seat.follow(run, from);
		}
		catch (RuntimeException ex) {
			// The answer has begun, so it can be no problem any more.
			LOG.log(System.Logger.Level.WARNING, "run " + run + " cannot be watched", ex);
			seat.end("the run is not remembered any more");
		}
	}

	private synchronized Seat seat(Caller caller, Story story, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		if (closed) {
			throw new TransientFailure(FailureCode.NOT_READY, "the server stops", "try again in a minute");
		}
		long own = seats.stream().filter(other -> other.isOf(caller)).count();
		if (own >= SEATS_PER_CALLER || seats.size() >= SEATS) {
			throw new TransientFailure(FailureCode.TOO_MANY_CALLS,
					(own >= SEATS_PER_CALLER) ? "%s watches %d runs at once".formatted(caller.name(), own)
							: "%d runs are watched at once".formatted(seats.size()),
					"close one of them, or ask GET /api/v1/runs/{id} from time to time");
		}
		Seat seat = new Seat(caller, story, request, response);
		seats.add(seat);
		return seat;
	}

	private void leave(Seat seat) {
		synchronized (this) {
			seats.remove(seat);
		}
		seat.left();
	}

	private synchronized List<Seat> seated() {
		return List.copyOf(seats);
	}

	private void tick() {
		second++;
		for (Seat seat : seated()) {
			try {
				seat.meanwhile();
				if (second % PULSE == 0) {
					pulse(seat);
				}
			}
			catch (RuntimeException ex) {
				LOG.log(System.Logger.Level.WARNING, "somebody who watches a run is told no more", ex);
				seat.end("the server failed; come back with Last-Event-ID");
			}
		}
	}

	/** Looks after everybody at once, as is done from time to time. */
	public void pulse() {
		seated().forEach(this::pulse);
	}

	private void pulse(Seat seat) {
		if (mayStay(seat.caller)) {
			seat.pulse();
		}
		else {
			seat.end("the token is not valid any more");
		}
	}

	private boolean mayStay(Caller caller) {
		try {
			return authenticator.isStillValid(caller);
		}
		catch (DataAccessException ex) {
			// Nobody stays whose token cannot be looked up.
			return false;
		}
	}

	/** Everybody goes, and nobody is let in any more. Again is the same. */
	@Override
	public void close() {
		synchronized (this) {
			closed = true;
		}
		ticking.cancel(false);
		clockwork.shutdown();
		seated().forEach(seat -> seat.end("the server stops; come back with Last-Event-ID"));
	}

	/** One who watches. What happens is told by one thread, and time by another. */
	private final class Seat {

		private final Caller caller;

		private final Story story;

		private final EventStream stream;

		private @Nullable Following following;

		private boolean gone;

		Seat(Caller caller, Story story, HttpServletRequest request, HttpServletResponse response) throws IOException {
			this.caller = caller;
			this.story = story;
			this.stream = EventStream.begin(request, response, () -> leave(this));
		}

		boolean isOf(Caller other) {
			return Objects.equals(caller.token(), other.token()) && caller.name().equals(other.name());
		}

		void follow(RunId run, long from) {
			Following begun = runs.follow(run, from, this::on);
			synchronized (this) {
				following = begun;
				if (!gone) {
					return;
				}
			}
			begun.close();
		}

		private void on(RunEvent event) {
			synchronized (story) {
				story.on(event).forEach(message -> stream.send(message.bytes()));
			}
			if (event.body() instanceof RunEvent.Body.Ended) {
				end("the run is over");
			}
		}

		void meanwhile() {
			synchronized (story) {
				story.meanwhile().forEach(message -> stream.send(message.bytes()));
			}
		}

		void pulse() {
			stream.pulse();
		}

		void end(String comment) {
			stream.end(comment);
		}

		void left() {
			Following last;
			synchronized (this) {
				gone = true;
				last = following;
			}
			if (last != null) {
				last.close();
			}
		}

	}

}
