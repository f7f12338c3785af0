package dev.longhaul.simulator.api;

import java.util.concurrent.Executor;

import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import org.jspecify.annotations.Nullable;

/**
 * A watch that troubles nobody else when it ends. fabric8's own (7.8.0) waits for the
 * events that are still on their way to a client that has gone, on the event loop that
 * would have to send them, for up to a minute; and whoever writes an object meanwhile
 * gets no answer, because a watch that is ending cannot be told, and nor are those after
 * it. So its end is dealt with on another thread, after nothing is on its way any more,
 * and while nobody writes.
 */
final class EndingWatch extends WebSocketListener {

	private final WebSocketListener watch;

	/** What is held while objects are written. */
	private final Object writing;

	private final Executor ends;

	/** Null until the client is there. */
	private volatile @Nullable WatchConnection connection;

	EndingWatch(WebSocketListener watch, Object writing, Executor ends) {
		this.watch = watch;
		this.writing = writing;
		this.ends = ends;
	}

	@Override
	public void onOpen(WebSocket webSocket, Response response) {
		WatchConnection opened = new WatchConnection(webSocket);
		connection = opened;
		watch.onOpen(opened, response);
	}

	@Override
	public void onClosing(WebSocket webSocket, int code, String reason) {
		watch.onClosing(webSocket, code, reason);
	}

	@Override
	public void onClosed(WebSocket webSocket, int code, String reason) {
		ends.execute(() -> end(() -> watch.onClosed(webSocket, code, reason)));
	}

	@Override
	public void onFailure(WebSocket webSocket, Throwable error, Response response) {
		ends.execute(() -> end(() -> watch.onFailure(webSocket, error, response)));
	}

	private void end(Runnable forget) {
		WatchConnection opened = connection;
		if (opened != null) {
			opened.end();
		}
		synchronized (writing) {
			forget.run();
		}
	}

}
