package dev.longhaul.simulator.api;

import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.WebSocket;

/** A connection on which nothing waits any more once it has ended. */
final class WatchConnection implements WebSocket {

	private final WebSocket socket;

	private boolean ended;

	WatchConnection(WebSocket socket) {
		this.socket = socket;
	}

	/** Returns when what is being sent now has been sent; the rest is not sent. */
	synchronized void end() {
		ended = true;
	}

	@Override
	public RecordedRequest request() {
		return socket.request();
	}

	@Override
	public synchronized boolean send(String text) {
		return !ended && socket.send(text);
	}

	@Override
	public synchronized boolean send(byte[] bytes) {
		return !ended && socket.send(bytes);
	}

	@Override
	public boolean close(int code, String reason) {
		return socket.close(code, reason);
	}

}
