package dev.longhaul.bucket.b2;

import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import dev.longhaul.bucket.call.Call;
import dev.longhaul.bucket.call.CallLog;
import dev.longhaul.bucket.call.ErrorAnswer;
import dev.longhaul.bucket.call.Operation;
import dev.longhaul.bucket.fault.Fault;
import dev.longhaul.bucket.fault.FaultScript;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * What happens to one request: logged, failed, refused, answered or forwarded, in this
 * order.
 */
final class Exchange {

	private static final String XML = "application/xml";

	private final Vertx vertx;

	private final Upstream upstream;

	private final FaultScript faults = new FaultScript();

	private final CallLog calls = new CallLog();

	private final AtomicLong callNumbers = new AtomicLong();

	private final AtomicLong connectionNumbers = new AtomicLong();

	private final Map<HttpConnection, Long> connections = new ConcurrentHashMap<>();

	private volatile ObjectLockAnswer objectLock = ObjectLockAnswer.NOT_CONFIGURED;

	Exchange(Vertx vertx, URI endpoint) {
		this.vertx = vertx;
		this.upstream = new Upstream(vertx, endpoint);
	}

	FaultScript faults() {
		return faults;
	}

	CallLog calls() {
		return calls;
	}

	void answerObjectLock(ObjectLockAnswer answer) {
		this.objectLock = answer;
	}

	void connected(HttpConnection connection) {
		connections.put(connection, connectionNumbers.incrementAndGet());
		connection.closeHandler(ended -> connections.remove(connection));
	}

	void handle(HttpServerRequest request) {
		request.pause();
		long connection = connections.getOrDefault(request.connection(), 0L);
		Call call = Call.of(callNumbers.incrementAndGet(), connection, request.method().name(), request.uri(),
				request.headers());
		calls.add(call);
		Optional<Fault> fault = faults.befalling(call);
		if (fault.isPresent()) {
			fail(request, call, fault.get());
		}
		else {
			serve(request, call);
		}
	}

	private void serve(HttpServerRequest request, Call call) {
		Optional<ErrorAnswer> refusal = B2Rules.refusal(call);
		if (refusal.isPresent()) {
			answer(request, refusal.get().status(), XML, refusal.get().document());
		}
		else if (call.operation() == Operation.GET_OBJECT_LOCK && call.key().isEmpty()) {
			answer(request, objectLock.status(), XML, objectLock.document());
		}
		else {
			forward(request, answer -> Answers.relay(answer, request.response()));
		}
	}

	private void fail(HttpServerRequest request, Call call, Fault fault) {
		HttpServerResponse response = request.response();
		if (fault instanceof Fault.Answer answer) {
			answer.headers().forEach(response::putHeader);
			answer(request, answer.status(), answer.contentType(), answer.body());
		}
		else if (fault instanceof Fault.Delay delay) {
			vertx.setTimer(Math.max(1, delay.delay().toMillis()), timer -> serve(request, call));
		}
		else if (fault instanceof Fault.Reset) {
			Connections.reset(request.connection());
		}
		else if (fault instanceof Fault.LoseAnswer) {
			forward(request, answer -> Answers.drop(answer).onComplete(done -> request.connection().close()));
		}
		else if (fault instanceof Fault.CutBody cut) {
			forward(request, answer -> Answers.relayBeginning(answer, response, cut.afterBytes())
				.onComplete(sent -> request.connection().close()));
		}
		else if (fault instanceof Fault.Stall stall) {
			forward(request, answer -> Answers.relayBeginning(answer, response, stall.afterBytes()));
		}
		else if (fault instanceof Fault.WrongDate wrong) {
			String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(wrong.date().atOffset(ZoneOffset.UTC));
			forward(request, answer -> {
				answer.headers().set("Date", date);
				Answers.relay(answer, response);
			});
		}
		else if (!(fault instanceof Fault.Silence)) {
			throw new IllegalStateException("no such fault: " + fault);
		}
	}

	/** Reads what is left of the request, so that the connection can be used again. */
	private static void answer(HttpServerRequest request, int status, String contentType, String body) {
		request.resume();
		request.response().setStatusCode(status).putHeader("Content-Type", contentType).end(body);
	}

	private void forward(HttpServerRequest request, Consumer<HttpClientResponse> onAnswer) {
		if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
			request.response().writeContinue();
		}
		upstream.send(request).onComplete(sent -> {
			if (sent.succeeded()) {
				onAnswer.accept(sent.result());
			}
			else {
				request.connection().close();
			}
		});
	}

}
