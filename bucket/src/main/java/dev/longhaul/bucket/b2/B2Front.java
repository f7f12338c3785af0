package dev.longhaul.bucket.b2;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.longhaul.bucket.call.CallLog;
import dev.longhaul.bucket.fault.FaultScript;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;

/**
 * A front that makes an S3 endpoint behave towards its clients as Backblaze B2 does: it
 * refuses what B2 refuses, answers what the endpoint behind it cannot, fails as its
 * {@link FaultScript} says, and keeps a {@link CallLog}.
 * <p>
 * Requests go on to the endpoint unchanged, with the client's own {@code Host} header, so
 * the signature made for the front is the one the endpoint checks. Bodies are streamed.
 */
public final class B2Front implements AutoCloseable {

	private static final long START_SECONDS = 30;

	private final Vertx vertx;

	private final HttpServer server;

	private final Exchange exchange;

	private final String scheme;

	private B2Front(URI endpoint, HttpServerOptions options) {
		this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
		this.exchange = new Exchange(vertx, endpoint);
		this.scheme = options.isSsl() ? "https" : "http";
		this.server = vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0).setMaxInitialLineLength(16 * 1024))
			.connectionHandler(exchange::connected)
			.requestHandler(exchange::handle);
	}

	/**
	 * Starts on a free port of 127.0.0.1.
	 * @param endpoint an S3 endpoint over HTTP
	 */
	public static B2Front start(URI endpoint) throws IOException {
		return new B2Front(endpoint, new HttpServerOptions()).started();
	}

	/**
	 * Starts with HTTPS towards the clients.
	 * @param keyStore a PKCS #12 file with the key and the certificate to show
	 */
	public static B2Front startWithTls(URI endpoint, Path keyStore, String password) throws IOException {
		PfxOptions identity = new PfxOptions().setPath(keyStore.toString()).setPassword(password);
		return new B2Front(endpoint, new HttpServerOptions().setSsl(true).setKeyCertOptions(identity)).started();
	}

	private B2Front started() throws IOException {
		try {
			await(server.listen().toCompletionStage().toCompletableFuture(), "start");
			return this;
		}
		catch (IOException ex) {
			vertx.close();
			throw ex;
		}
	}

	/** {@code http://127.0.0.1:<port>}, or {@code https}. */
	public URI endpoint() {
		return URI.create(scheme + "://127.0.0.1:" + server.actualPort());
	}

	public FaultScript faults() {
		return exchange.faults();
	}

	public CallLog calls() {
		return exchange.calls();
	}

	/** From now on; at first object lock is not configured. */
	public void answerObjectLock(ObjectLockAnswer answer) {
		exchange.answerObjectLock(answer);
	}

	/** Ends every connection, answered or not. */
	@Override
	public void close() throws IOException {
		await(vertx.close().toCompletionStage().toCompletableFuture(), "stop");
	}

	private static void await(Future<?> change, String verb) throws IOException {
		try {
			change.get(START_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted before the front of the bucket could " + verb, ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IOException("the front of the bucket did not " + verb, ex);
		}
	}

}
