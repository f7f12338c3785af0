package dev.longhaul.simulator.front;

import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/**
 * Asks the API behind the front whether the caller may use a pod's sub-resource, which an
 * API server does before it hands a request to a kubelet.
 */
final class AccessReview {

	private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

	private final HttpClient client;

	private final boolean authorizes;

	AccessReview(HttpClient client, Upstream upstream) {
		this.client = client;
		this.authorizes = upstream.authorizes();
	}

	/**
	 * @return fails with a {@link NodeRefusal} if the caller may not
	 */
	Future<Void> require(HttpServerRequest request, KubeletPath path) {
		if (!authorizes) {
			return Future.succeededFuture();
		}
		return Future.all(verbs(path.kind()).stream().map(verb -> require(request, path, verb)).toList()).mapEmpty();
	}

	/**
	 * A WebSocket begins as a GET, so servers before 1.35 ask for {@code get}; from 1.35
	 * on they ask for {@code create} too (KEP-4006). Who has both can work with either.
	 */
	private static List<String> verbs(KubeletPath.Kind kind) {
		return (kind == KubeletPath.Kind.LOG) ? List.of("get") : List.of("get", "create");
	}

	private Future<Void> require(HttpServerRequest request, KubeletPath path, String verb) {
		JsonObject attributes = new JsonObject().put("namespace", path.container().namespace())
			.put("verb", verb)
			.put("resource", "pods")
			.put("subresource", path.kind().subresource())
			.put("name", path.container().pod());
		Buffer review = new JsonObject().put("apiVersion", "authorization.k8s.io/v1")
			.put("kind", "SelfSubjectAccessReview")
			.put("spec", new JsonObject().put("resourceAttributes", attributes))
			.toBuffer();
		return client.request(HttpMethod.POST, REVIEWS).compose(asking -> {
			asking.putHeader("Content-Type", "application/json");
			String authorization = request.getHeader("Authorization");
			if (authorization != null) {
				asking.putHeader("Authorization", authorization);
			}
			return asking.send(review);
		})
			.compose(answer -> answer.body().compose(body -> judge(answer, body, verb, path)))
			.recover(failure -> Future.failedFuture((failure instanceof NodeRefusal) ? failure
					: NodeRefusal.internal("the access review failed: " + failure.getMessage())));
	}

	private static Future<Void> judge(HttpClientResponse answer, Buffer body, String verb, KubeletPath path) {
		if (answer.statusCode() == 401) {
			return Future.failedFuture(NodeRefusal.unauthorized());
		}
		boolean allowed = answer.statusCode() == 201
				&& body.toJsonObject().getJsonObject("status", new JsonObject()).getBoolean("allowed", false);
		return allowed ? Future.succeededFuture() : Future.failedFuture(
				NodeRefusal.forbidden("pods \"%s\" is forbidden: cannot %s resource \"pods/%s\" in the namespace \"%s\""
					.formatted(path.container().pod(), verb, path.kind().subresource(), path.container().namespace())));
	}

}
