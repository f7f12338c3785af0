package dev.longhaul.bucket.b2;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;

/**
 * Hands an answer of the endpoint on to the client, whole or in part.
 */
final class Answers {

	private Answers() {
	}

	static void relay(HttpClientResponse answer, HttpServerResponse response) {
		copyHead(answer, response);
		if (HttpMethod.HEAD.equals(answer.request().getMethod())) {
			answer.resume();
			response.end();
		}
		else {
			answer.pipeTo(response);
		}
	}

	/**
	 * Sends the head, which promises the whole body, and the beginning of the body.
	 * @return done when that much was sent; the answer is then dropped
	 */
	static Future<Void> relayBeginning(HttpClientResponse answer, HttpServerResponse response, long bytes) {
		copyHead(answer, response);
		Promise<Void> sent = Promise.promise();
		long[] left = { bytes };
		answer.handler(chunk -> {
			int length = (int) Math.min(left[0], chunk.length());
			left[0] -= length;
			// Even an empty piece sends the head.
			Future<Void> written = response.write(chunk.slice(0, length));
			if (left[0] == 0) {
				answer.handler(null);
				written.onComplete(done -> sent.tryComplete());
			}
		});
		answer.endHandler(end -> sent.tryComplete());
		answer.exceptionHandler(sent::tryFail);
		answer.resume();
		return sent.future();
	}

	/**
	 * Reads an answer for nobody: the head of one may come before the work is done, as
	 * that of the completion of an upload does.
	 * @return done when all of it came
	 */
	static Future<Void> drop(HttpClientResponse answer) {
		answer.handler(chunk -> {
		});
		answer.resume();
		return answer.end();
	}

	private static void copyHead(HttpClientResponse answer, HttpServerResponse response) {
		response.setStatusCode(answer.statusCode()).setStatusMessage(answer.statusMessage());
		response.headers().setAll(answer.headers()).remove("Connection").remove("Keep-Alive");
	}

}
