package dev.longhaul.simulator.front;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.TransientFailure;

/**
 * One API server on 127.0.0.1, as a client sees it: the Kubernetes API behind it, the
 * kubelet's part of pods answered by a {@link NodeAgent}, and the faults scripted for it.
 * <p>
 * Everything but {@code exec}, {@code log} and {@code portforward} of pods, and what an
 * {@link AdmissionCheck} wants to see first, is handed through unchanged and unbuffered;
 * a client that leaves ends what it began behind. Only the body of an answer that refuses
 * a WebSocket is lost, its status is not.
 */
public final class ApiFront implements AutoCloseable {

	private static final String LOOPBACK = "127.0.0.1";

	private static final long START_LIMIT_SECONDS = 30;

	/** A URL names every argument of an exec'd command. */
	private static final int MAX_REQUEST_LINE = 1024 * 1024;

	private static final int MAX_HEADERS = 64 * 1024;

	/** fabric8 puts whatever it is given to write into one frame. */
	private static final int MAX_WEBSOCKET_FRAME = 16 * 1024 * 1024;

	/** Each watch holds one; nothing real comes near it. */
	private static final int MAX_UPSTREAM_CONNECTIONS = 10_000;

	private final Upstream upstream;

	private final Vertx vertx;

	private final HttpServer server;

	private final HttpProxy proxy;

	private final HttpProxy losingProxy;

	private final NodeSubresources subresources;

	private final ApiFaults faults = new ApiFaults();

	private final Set<HttpConnection> watches = ConcurrentHashMap.newKeySet();

	private ApiFront(Upstream upstream, NodeAgent agent, AdmissionCheck check, Clock clock) {
		this.upstream = upstream;
		this.vertx = Vertx.vertx(new VertxOptions().setFileSystemOptions(
				new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
		HttpClient client = vertx.createHttpClient(
				upstream.clientOptions().setMaxInitialLineLength(MAX_REQUEST_LINE).setMaxHeaderSize(MAX_HEADERS),
				new PoolOptions().setHttp1MaxSize(MAX_UPSTREAM_CONNECTIONS));
		AdmissionGate gate = new AdmissionGate(vertx, check);
		this.proxy = proxy(client, new PromptHead(), gate);
		this.losingProxy = proxy(client, new AnswerLoss(), gate);
		this.subresources = new NodeSubresources(vertx, agent, new AccessReview(client, upstream), clock);
		this.server = vertx
			.createHttpServer(new HttpServerOptions().setHost(LOOPBACK)
				.setPort(0)
				.setMaxInitialLineLength(MAX_REQUEST_LINE)
				.setMaxHeaderSize(MAX_HEADERS)
				.setMaxWebSocketFrameSize(MAX_WEBSOCKET_FRAME)
				.setHandle100ContinueAutomatically(true)
				.setHttp2ClearTextEnabled(false)
				.setWebSocketSubProtocols(NodeSubresources.PROTOCOLS))
			.requestHandler(this::receive);
	}

	private static HttpProxy proxy(HttpClient client, ProxyInterceptor answers, AdmissionGate gate) {
		return HttpProxy.reverseProxy(client)
			.origin(request -> client.request(new RequestOptions()))
			.addInterceptor(answers)
			.addInterceptor(gate);
	}

	/**
	 * Starts a front on a free port, without an admission webhook.
	 * @throws TransientFailure if it cannot listen
	 */
	public static ApiFront start(Upstream upstream, NodeAgent agent, Clock clock) {
		return start(upstream, agent, AdmissionCheck.NONE, clock);
	}

	/**
	 * Starts a front on a free port.
	 * @throws TransientFailure if it cannot listen
	 */
	public static ApiFront start(Upstream upstream, NodeAgent agent, AdmissionCheck check, Clock clock) {
		ApiFront front = new ApiFront(upstream, agent, check, clock);
		try {
			await(front.server.listen(), "listen on " + LOOPBACK);
			return front;
		}
		catch (LonghaulException ex) {
			front.close();
			throw ex;
		}
	}

	/** The root of the API for clients. */
	public URI url() {
		return URI.create("http://" + LOOPBACK + ":" + server.actualPort());
	}

	/** The faults of this front, to script. */
	public ApiFaults faults() {
		return faults;
	}

	/**
	 * Cuts the connections of all watches that are open now.
	 * @return how many there were
	 */
	public int cutWatches() {
		Set<HttpConnection> open = Set.copyOf(watches);
		open.forEach(HttpConnection::close);
		return open.size();
	}

	/**
	 * Writes a kubeconfig that names this front, with the upstream's token if it has one;
	 * only the owner can read it.
	 */
	public void writeKubeconfig(Path file) throws IOException {
		String user = (upstream.token() != null) ? "{token: \"" + upstream.token() + "\"}" : "{}";
		Files.deleteIfExists(file);
		Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		Files.writeString(file, """
				apiVersion: v1
				kind: Config
				clusters: [{name: simulated, cluster: {server: "%s"}}]
				users: [{name: simulated, user: %s}]
				contexts: [{name: simulated, context: {cluster: simulated, user: simulated}}]
				current-context: simulated
				""".formatted(url(), user));
	}

	/** Stops listening and cuts every connection. */
	@Override
	public void close() {
		subresources.close();
		await(vertx.close(), "stop listening on " + LOOPBACK);
	}

	private void receive(HttpServerRequest request) {
		ApiRequest described = ApiRequest.of(request);
		if (described.isWatch()) {
			HttpConnection connection = request.connection();
			watches.add(connection);
			request.response().endHandler(ended -> watches.remove(connection));
		}
		faults.claim(described).ifPresentOrElse(fault -> fail(request, fault), () -> serve(request));
	}

	private void fail(HttpServerRequest request, ApiFault fault) {
		if (fault instanceof ApiFault.Refuse) {
			request.connection().close();
		}
		else if (fault instanceof ApiFault.Answer answer) {
			StatusBody.answer(request, answer.status(), answer.message());
		}
		else if (fault instanceof ApiFault.Delay delay) {
			request.pause();
			vertx.setTimer(Math.max(1, delay.by().toMillis()), timer -> serve(request));
		}
		else if (fault instanceof ApiFault.Cut cut) {
			HttpConnection connection = request.connection();
			vertx.setTimer(Math.max(1, cut.after().toMillis()), timer -> connection.close());
			serve(request);
		}
		else if (fault instanceof ApiFault.LoseAnswer) {
			losingProxy.handle(request);
		}
	}

	private void serve(HttpServerRequest request) {
		KubeletPath.of(request)
			.ifPresentOrElse(path -> subresources.answer(request, path), () -> proxy.handle(request));
	}

	private static void await(Future<?> future, String what) {
		try {
			future.toCompletionStage().toCompletableFuture().get(START_LIMIT_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "waiting for the front to " + what);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new TransientFailure(FailureCode.CLUSTER_UNREACHABLE, "the front could not " + what + ": " + ex,
					"look whether the machine is out of ports or memory", ex);
		}
	}

	/** Sends an answer's head at once: that of a watch may be all there is for long. */
	private static final class PromptHead implements ProxyInterceptor {

		@Override
		public Future<Void> handleProxyResponse(ProxyContext context) {
			Future<Void> sent = context.sendResponse();
			HttpServerResponse response = context.request().proxiedRequest().response();
			if (response.isChunked() && !response.headWritten() && !response.closed()) {
				response.writeHead();
			}
			return sent;
		}

	}

	/** Cuts the connection when the answer has come. */
	private static final class AnswerLoss implements ProxyInterceptor {

		@Override
		public Future<Void> handleProxyResponse(ProxyContext context) {
			context.response().release();
			context.request().proxiedRequest().connection().close();
			return Future.succeededFuture();
		}

	}

}
