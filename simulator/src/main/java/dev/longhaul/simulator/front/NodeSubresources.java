package dev.longhaul.simulator.front;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetClient;

/**
 * Answers {@code exec}, {@code log} and {@code portforward} of pods with what a
 * {@link NodeAgent} has. The agent may block, so it is never asked on an event loop.
 */
final class NodeSubresources implements AutoCloseable {

	/** In order of preference. */
	static final List<String> PROTOCOLS = List.of("v5.channel.k8s.io", "v4.channel.k8s.io");

	/** How long a command waits for one whose client left before its end. */
	private static final long SETTLE_LIMIT_SECONDS = 2;

	private final Vertx vertx;

	private final NodeAgent agent;

	private final AccessReview review;

	private final Clock clock;

	private final NetClient ports;

	private final ExecutorService threads;

	/** By container, the end of the command whose client left last. */
	private final Map<ContainerRef, CompletableFuture<Void>> left = new ConcurrentHashMap<>();

	NodeSubresources(Vertx vertx, NodeAgent agent, AccessReview review, Clock clock) {
		this.vertx = vertx;
		this.agent = agent;
		this.review = review;
		this.clock = clock;
		this.ports = vertx.createNetClient();
		this.threads = Executors.newCachedThreadPool(task -> {
			Thread thread = new Thread(task, "node-subresources");
			thread.setDaemon(true);
			return thread;
		});
	}

	void answer(HttpServerRequest request, KubeletPath path) {
		request.pause();
		review.require(request, path).compose(allowed -> switch (path.kind()) {
			case EXEC -> exec(request, path.container());
			case LOG -> log(request, path.container());
			case PORTFORWARD -> forward(request, path.container());
		}).onFailure(failure -> {
			int httpStatus = (failure instanceof NodeRefusal refusal) ? refusal.httpStatus() : 500;
			StatusBody.answer(request, httpStatus, String.valueOf(failure.getMessage()));
		});
	}

	private Future<Void> exec(HttpServerRequest request, ContainerRef container) {
		if (Boolean.parseBoolean(request.getParam("tty"))) {
			return Future.failedFuture(NodeRefusal.badRequest("the simulated node has no terminals: ask without tty"));
		}
		return offLoop(() -> {
			awaitTheOneLeft(container);
			return agent.exec(container, request.params().getAll("command"));
		}).compose(
				process -> request.toWebSocket().onFailure(failure -> process.destroyForcibly()).<Void>map(socket -> {
					ExecSession.join(socket, process, request, threads, ended -> left.put(container, ended));
					return null;
				}), failure -> {
					if (failure instanceof NodeRefusal refusal && refusal.isOfTheRuntime()) {
						return request.toWebSocket().compose(socket -> ExecSession.refuse(socket, refusal));
					}
					return Future.failedFuture(failure);
				});
	}

	/**
	 * A client that writes a file leaves when it has sent the last byte and looks at the
	 * file with its next command, as fabric8's upload does. The distance to a real
	 * kubelet hides that the file is still being written; here the next command waits.
	 */
	private void awaitTheOneLeft(ContainerRef container) throws InterruptedException, ExecutionException {
		CompletableFuture<Void> ended = left.remove(container);
		if (ended == null) {
			return;
		}
		try {
			ended.get(SETTLE_LIMIT_SECONDS, TimeUnit.SECONDS);
		}
		catch (TimeoutException ex) {
			// It runs on for reasons of its own.
		}
	}

	private Future<Void> log(HttpServerRequest request, ContainerRef container) {
		return offLoop(() -> agent.log(container, LogSession.query(request, clock)))
			.onSuccess(log -> threads.execute(() -> LogSession.answer(request, log)))
			.mapEmpty();
	}

	private Future<Void> forward(HttpServerRequest request, ContainerRef pod) {
		List<String> wanted = request.params().getAll("ports");
		if (wanted.size() != 1) {
			return Future.failedFuture(NodeRefusal.badRequest("one port at a time, not " + wanted));
		}
		return offLoop(() -> agent.port(pod, port(wanted.get(0))))
			.compose(address -> request.toWebSocket().<Void>map(socket -> {
				PortForwardSession.join(socket, ports, address);
				return null;
			}));
	}

	private static int port(String text) throws NodeRefusal {
		try {
			return Integer.parseUnsignedInt(text);
		}
		catch (NumberFormatException ex) {
			throw NodeRefusal.badRequest("'" + text + "' is not a port");
		}
	}

	/** The answer comes back on the event loop it was asked from. */
	private <T> Future<T> offLoop(Callable<T> question) {
		return vertx.getOrCreateContext().executeBlocking(question, false);
	}

	@Override
	public void close() {
		threads.shutdownNow();
	}

}
