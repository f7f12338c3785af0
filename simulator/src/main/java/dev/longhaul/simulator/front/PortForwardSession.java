package dev.longhaul.simulator.front;

import java.net.InetSocketAddress;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;

/**
 * One forwarded port over {@code v4.channel.k8s.io}: channel 0 is data, channel 1 errors,
 * and the first message on each names the port. Everything happens on the WebSocket's
 * event loop.
 */
final class PortForwardSession {

	private static final byte DATA = 0;

	private static final byte ERROR = 1;

	private final ServerWebSocket socket;

	private final int port;

	private PortForwardSession(ServerWebSocket socket, int port) {
		this.socket = socket;
		this.port = port;
	}

	static void join(ServerWebSocket socket, NetClient client, InetSocketAddress address) {
		PortForwardSession session = new PortForwardSession(socket, address.getPort());
		socket.pause();
		session.send(DATA, Buffer.buffer().appendUnsignedShortLE(session.port));
		session.send(ERROR, Buffer.buffer().appendUnsignedShortLE(session.port));
		client.connect(address.getPort(), address.getHostString())
			.onSuccess(session::connected)
			.onFailure(session::refused);
	}

	private void connected(NetSocket process) {
		process.handler(bytes -> {
			send(DATA, bytes);
			if (!socket.isClosed() && socket.writeQueueFull()) {
				process.pause();
				socket.drainHandler(drained -> process.resume());
			}
		});
		process.closeHandler(closed -> closeSocket());
		if (socket.isClosed()) {
			process.close();
			return;
		}
		socket.closeHandler(closed -> process.close());
		socket.binaryMessageHandler(message -> {
			if (message.length() > 1 && message.getByte(0) == DATA) {
				process.write(message.slice(1, message.length()));
				if (process.writeQueueFull()) {
					socket.pause();
					process.drainHandler(drained -> socket.resume());
				}
			}
		});
		socket.resume();
	}

	private void refused(Throwable cause) {
		send(ERROR, Buffer.buffer("failed to connect to localhost:" + port + " inside the pod: " + cause.getMessage()));
		closeSocket();
	}

	private void send(byte channel, Buffer bytes) {
		if (!socket.isClosed()) {
			socket.writeBinaryMessage(Buffer.buffer(bytes.length() + 1).appendByte(channel).appendBuffer(bytes));
		}
	}

	private void closeSocket() {
		if (!socket.isClosed()) {
			socket.close((short) 1000);
		}
	}

}
