package dev.longhaul.scheduler.notification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server of the simplest kind: what it does with a connection is up to the test.
 */
final class RawServer implements AutoCloseable {

	private final ServerSocket server;

	private final List<Socket> open = new CopyOnWriteArrayList<>();

	private RawServer(ServerSocket server) {
		this.server = server;
	}

	/** What is done with one connection; it is left open. */
	interface Conversation {

		void with(Socket socket) throws IOException;

	}

	static RawServer start(Conversation conversation) {
		try {
			RawServer raw = new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
			Thread accepting = new Thread(() -> raw.accept(conversation), "raw-server");
			accepting.setDaemon(true);
			accepting.start();
			return raw;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Takes connections, and never says anything. */
	static RawServer silent() {
		return start(socket -> {
		});
	}

	private void accept(Conversation conversation) {
		while (!server.isClosed()) {
			try {
				Socket socket = server.accept();
				open.add(socket);
				Thread talking = new Thread(() -> talk(socket, conversation), "raw-conversation");
				talking.setDaemon(true);
				talking.start();
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private static void talk(Socket socket, Conversation conversation) {
		try {
			conversation.with(socket);
		}
		catch (IOException ex) {
			// The other side has hung up.
		}
	}

	int port() {
		return server.getLocalPort();
	}

	String url() {
		return "http://127.0.0.1:" + port();
	}

	@Override
	public void close() {
		try {
			server.close();
			for (Socket socket : open) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
