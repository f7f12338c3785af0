package dev.longhaul.simulator.front;

import java.net.HttpURLConnection;
import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;

/**
 * Asks an {@link AdmissionCheck} before a request is handed on, as an API server does.
 */
final class AdmissionGate implements ProxyInterceptor {

	/** What a kube-apiserver takes at most. */
	private static final int MAX_OBJECT = 3 * 1024 * 1024;

	private final Vertx vertx;

	private final AdmissionCheck check;

	AdmissionGate(Vertx vertx, AdmissionCheck check) {
		this.vertx = vertx;
		this.check = check;
	}

	@Override
	public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
		ApiRequest request = ApiRequest.of(context.request().proxiedRequest());
		if (!check.concerns(request)) {
			return context.sendRequest();
		}
		return read(context.request().getBody()).compose(object -> {
			if (object.length() > MAX_OBJECT) {
				return refuse(context, HttpURLConnection.HTTP_ENTITY_TOO_LARGE, "the object is too large");
			}
			return vertx.executeBlocking(() -> check.refusal(request, object.toString()), false)
				.compose(refusal -> answer(context, object, refusal));
		});
	}

	private static Future<ProxyResponse> answer(ProxyContext context, Buffer object, Optional<String> refusal) {
		if (refusal.isPresent()) {
			return refuse(context, HttpURLConnection.HTTP_BAD_REQUEST, refusal.get());
		}
		context.request().setBody(Body.body(object));
		return context.sendRequest();
	}

	private static Future<ProxyResponse> refuse(ProxyContext context, int httpStatus, String message) {
		return Future.succeededFuture(context.request()
			.response()
			.setStatusCode(httpStatus)
			.putHeader("Content-Type", "application/json")
			.setBody(Body.body(StatusBody.ofFailure(httpStatus, message))));
	}

	/** All of it, or a little more than is allowed. */
	private static Future<Buffer> read(Body body) {
		Promise<Buffer> whole = Promise.promise();
		Buffer read = Buffer.buffer();
		ReadStream<Buffer> stream = body.stream();
		stream.exceptionHandler(whole::tryFail);
		stream.endHandler(ended -> whole.tryComplete(read));
		stream.handler(part -> {
			if (read.length() <= MAX_OBJECT) {
				read.appendBuffer(part);
			}
		});
		stream.resume();
		return whole.future();
	}

}
