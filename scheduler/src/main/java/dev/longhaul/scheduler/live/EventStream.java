package dev.longhaul.scheduler.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * One answer that goes on. Nobody waits for its reader: what the connection does not take
 * yet is kept, and who leaves too much of it is told to come back.
 */
final class EventStream implements WriteListener, AsyncListener {

	/** In bytes, of what was not taken yet: a thousand events of the usual length. */
	static final int MOST_WAITING = 256 * 1024;

	/** In milliseconds, until a listener that was cut off comes back. */
	private static final byte[] OPENING = "retry: 3000\n\n".getBytes(StandardCharsets.US_ASCII);

	private final AsyncContext answer;

	private final ServletOutputStream out;

	private final Runnable gone;

	private final Deque<byte[]> waiting = new ArrayDeque<>();

	private int bytesWaiting;

	/** The container has said that it may be written. */
	private boolean open;

	/** Nothing more is said after what waits. */
	private boolean last;

	private boolean over;

	private boolean movedSincePulse = true;

	private EventStream(AsyncContext answer, ServletOutputStream out, Runnable gone) {
		this.answer = answer;
		this.out = out;
		this.gone = gone;
	}

	/**
	 * @param gone is told when nobody reads any more, and when everything is said
	 */
	static EventStream begin(HttpServletRequest request, HttpServletResponse response, Runnable gone)
			throws IOException {
		response.setStatus(HttpServletResponse.SC_OK);
		response.setContentType("text/event-stream;charset=UTF-8");
		response.setHeader("Cache-Control", "no-store");
		// A proxy that collects an answer until it is whole would never pass this on.
		response.setHeader("X-Accel-Buffering", "no");
		AsyncContext answer = request.startAsync(request, response);
		// Each pulse looks whether anybody is there.
		answer.setTimeout(0);
		EventStream stream = new EventStream(answer, response.getOutputStream(), gone);
		answer.addListener(stream);
		stream.keep(OPENING);
		stream.out.setWriteListener(stream);
		return stream;
	}

	synchronized void send(byte[] message) {
		if (last || over) {
			return;
		}
		if (bytesWaiting + message.length > MOST_WAITING) {
			last = true;
			keep(Message.comment("read too slowly; come back with Last-Event-ID"));
		}
		else {
			keep(message);
		}
		write();
	}

	/** Ends it after what was sent, and this. */
	synchronized void end(String comment) {
		if (!last && !over) {
			keep(Message.comment(comment));
			last = true;
			write();
		}
	}

	/** Says that it still goes on; ends it if nothing was taken since the last time. */
	synchronized void pulse() {
		if (over || !open) {
			return;
		}
		if (!waiting.isEmpty() && !movedSincePulse) {
			complete();
			return;
		}
		movedSincePulse = false;
		if (!last && waiting.isEmpty()) {
			keep(Message.comment("still there"));
		}
		write();
	}

	private void keep(byte[] message) {
		waiting.add(message);
		bytesWaiting += message.length;
	}

	private void write() {
		if (!open || over) {
			return;
		}
		try {
			while (out.isReady()) {
				byte[] next = waiting.poll();
				if (next == null) {
					finishOrFlush();
					return;
				}
				bytesWaiting -= next.length;
				movedSincePulse = true;
				out.write(next);
			}
		}
		catch (IOException ex) {
			// The container tells so, too, and ends it then.
			forget();
		}
	}

	private void finishOrFlush() throws IOException {
		if (last) {
			complete();
		}
		else {
			out.flush();
		}
	}

	private void complete() {
		forget();
		answer.complete();
	}

	private void forget() {
		over = true;
		waiting.clear();
		gone.run();
	}

	@Override
	public synchronized void onWritePossible() {
		open = true;
		write();
	}

	@Override
	public void onError(Throwable failure) {
		leave();
	}

	@Override
	public void onError(AsyncEvent event) {
		leave();
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		leave();
	}

	/** Whoever read this has gone: there is nobody to be told of it. */
	private synchronized void leave() {
		if (!over) {
			forget();
		}
		try {
			answer.complete();
		}
		catch (IllegalStateException ex) {
			// It is complete.
		}
	}

	@Override
	public synchronized void onComplete(AsyncEvent event) {
		if (!over) {
			forget();
		}
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		// It is not begun again.
	}

}
