package dev.longhaul.simulator.front;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * A container's log as the body of an HTTP answer, flushed line by line while it is
 * followed.
 */
final class LogSession {

	private static final int CHUNK = 32 * 1024;

	private static final long PATIENCE_MINUTES = 5;

	private LogSession() {
	}

	static LogQuery query(HttpServerRequest request, Clock clock) throws NodeRefusal {
		try {
			return new LogQuery(flag(request, "follow"), flag(request, "previous"), flag(request, "timestamps"),
					since(request, clock), number(request, "tailLines"), number(request, "limitBytes"));
		}
		catch (NumberFormatException | DateTimeException ex) {
			throw NodeRefusal.badRequest("invalid log options: " + ex.getMessage());
		}
	}

	private static boolean flag(HttpServerRequest request, String name) {
		return Boolean.parseBoolean(request.getParam(name));
	}

	private static @Nullable Integer number(HttpServerRequest request, String name) {
		String text = request.getParam(name);
		return (text != null) ? Integer.valueOf(Integer.parseUnsignedInt(text)) : null;
	}

	private static @Nullable Instant since(HttpServerRequest request, Clock clock) {
		Integer seconds = number(request, "sinceSeconds");
		if (seconds != null) {
			return clock.instant().minusSeconds(seconds);
		}
		String time = request.getParam("sinceTime");
		return (time != null) ? OffsetDateTime.parse(time).toInstant() : null;
	}

	/** Copies the log to the client until its end or until the client leaves; blocks. */
	static void answer(HttpServerRequest request, InputStream log) {
		HttpServerResponse response = request.response().setChunked(true).putHeader("Content-Type", "text/plain");
		request.resume();
		response.closeHandler(left -> close(log));
		try (log) {
			// The head goes out before there is a line, so that a follower knows it
			// follows.
			await(response.writeHead());
			byte[] chunk = new byte[CHUNK];
			for (int count = log.read(chunk); count >= 0; count = log.read(chunk)) {
				await(response.write(Buffer.buffer(count).appendBytes(chunk, 0, count)));
			}
			response.end();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException | ExecutionException | TimeoutException | IllegalStateException ex) {
			request.connection().close();
		}
	}

	/** A client that takes nothing slows the reading, and ends it in the end. */
	private static void await(Future<Void> written) throws InterruptedException, ExecutionException, TimeoutException {
		written.toCompletionStage().toCompletableFuture().get(PATIENCE_MINUTES, TimeUnit.MINUTES);
	}

	private static void close(InputStream log) {
		try {
			log.close();
		}
		catch (IOException ex) {
			// It is read from a file of ours; whoever reads it notices.
		}
	}

}
