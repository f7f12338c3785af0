package dev.longhaul.simulator.front;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;

/**
 * One exec: a process's streams as the channels of {@code v4.channel.k8s.io} and
 * {@code v5.channel.k8s.io}. The first byte of a message is its channel.
 * <p>
 * A client that leaves closes the process's input and no more hears of it; the process
 * itself lives on, as under a real kubelet.
 */
final class ExecSession {

	private static final byte STDIN = 0;

	private static final byte STDOUT = 1;

	private static final byte STDERR = 2;

	private static final byte ERROR = 3;

	/** Only in v5: closes the channel named by the next byte. */
	private static final byte CLOSE = (byte) 255;

	private static final int CHUNK = 32 * 1024;

	/** A client that takes nothing for that long is taken for gone. */
	private static final long PATIENCE_MINUTES = 5;

	private final ServerWebSocket socket;

	private final Process process;

	private final Executor threads;

	/** Writes to the process, one after the other and never on the event loop. */
	private CompletableFuture<Void> stdin = CompletableFuture.completedFuture(null);

	private byte channelOfMessage = STDIN;

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private ExecSession(ServerWebSocket socket, Process process, Executor threads) {
		this.socket = socket;
		this.process = process;
		this.threads = threads;
	}

	/**
	 * Joins a process to a WebSocket just accepted; called on its event loop, before any
	 * message was read.
	 * @param left is given the process's end when the client closes before it
	 */
	static void join(ServerWebSocket socket, Process process, HttpServerRequest request, Executor threads,
			Consumer<CompletableFuture<Void>> left) {
		ExecSession session = new ExecSession(socket, process, threads);
		session.readFromClient(Boolean.parseBoolean(request.getParam("stdin")), left);
		byte first = (request.getParam("stdout") != null) ? STDOUT : ERROR;
		threads.execute(() -> session.writeToClient(first));
	}

	/** Tells a client whose WebSocket was accepted that its command could not begin. */
	static Future<Void> refuse(ServerWebSocket socket, NodeRefusal refusal) {
		return socket.writeBinaryMessage(Buffer.buffer().appendByte(ERROR).appendBuffer(StatusBody.ofRefusal(refusal)))
			.compose(sent -> socket.close((short) 1000));
	}

	private void readFromClient(boolean wanted, Consumer<CompletableFuture<Void>> left) {
		socket.pause();
		socket.frameHandler(this::received);
		socket.endHandler(end -> closeStdin());
		socket.closeHandler(closed -> {
			if (!ended.isDone()) {
				left.accept(ended);
			}
			if (socket.closeStatusCode() == null) {
				closeStdin();
			}
		});
		if (!wanted) {
			closeStdin();
		}
		socket.fetch(1);
	}

	/** The next frame is fetched when the process has taken this one: back-pressure. */
	private void received(WebSocketFrame frame) {
		if (!frame.isBinary() && !frame.isContinuation()) {
			if (frame.isText()) {
				socket.fetch(1);
			}
			return;
		}
		byte[] payload = frame.binaryData().getBytes();
		int from = 0;
		if (frame.isBinary() && payload.length > 0) {
			channelOfMessage = payload[0];
			from = 1;
		}
		if (channelOfMessage == STDIN) {
			writeStdin(payload, from);
		}
		else if (channelOfMessage == CLOSE && payload.length == 2 && payload[1] == STDIN) {
			closeStdin();
		}
		stdin = stdin.thenRun(() -> socket.fetch(1));
	}

	private void writeStdin(byte[] payload, int from) {
		stdin = stdin.thenRunAsync(() -> {
			try {
				OutputStream sink = process.getOutputStream();
				sink.write(payload, from, payload.length - from);
				sink.flush();
			}
			catch (IOException ex) {
				// The process reads no more; what else the client sends goes nowhere.
			}
		}, threads);
	}

	private void closeStdin() {
		stdin = stdin.thenRunAsync(() -> {
			try {
				process.getOutputStream().close();
			}
			catch (IOException ex) {
				// Bytes were left that the process did not want: it is gone.
			}
		}, threads);
	}

	private void writeToClient(byte first) {
		try {
			// An empty message tells the client that the stream is there.
			send(first, new byte[0], 0);
			CompletableFuture<Void> stderr = CompletableFuture.runAsync(() -> pump(process.getErrorStream(), STDERR),
					threads);
			pump(process.getInputStream(), STDOUT);
			stderr.join();
			byte[] status = StatusBody.ofExit(process.waitFor()).getBytes();
			send(ERROR, status, status.length);
			socket.close((short) 1000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			ended.complete(null);
		}
	}

	/** Reads to the end even if nobody takes it, so that the process is never held up. */
	private void pump(InputStream source, byte channel) {
		byte[] chunk = new byte[CHUNK];
		try {
			boolean taken = true;
			for (int count = source.read(chunk); count >= 0; count = source.read(chunk)) {
				taken = taken && send(channel, chunk, count);
			}
		}
		catch (IOException ex) {
			// The process was ended while its output was read.
		}
	}

	/** Waits until the message is on its way, so that a slow client slows the process. */
	private boolean send(byte channel, byte[] bytes, int count) {
		Buffer message = Buffer.buffer(count + 1).appendByte(channel).appendBytes(bytes, 0, count);
		try {
			socket.writeBinaryMessage(message)
				.toCompletionStage()
				.toCompletableFuture()
				.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		catch (ExecutionException | TimeoutException | IllegalStateException ex) {
			return false;
		}
	}

}
