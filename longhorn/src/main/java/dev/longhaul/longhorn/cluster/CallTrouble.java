package dev.longhaul.longhorn.cluster;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.security.cert.CertificateException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.ResourceNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * Why a call of the Kubernetes API did not succeed, sorted by what the caller may
 * conclude.
 *
 * @param said what was answered or what broke, in one line
 */
record CallTrouble(ClusterCall call, Kind kind, String said, RuntimeException cause) {

	/** What the answer, or its lack, tells. */
	enum Kind {

		/** The object is not there, or its kind is not. */
		NOT_FOUND,

		/** An object of that name is there already. */
		ALREADY_EXISTS,

		/** The continuation of a list has expired: begin again. */
		EXPIRED,

		/** Answered, and nothing was done: ask again later. */
		BUSY,

		/** Never reached the server. */
		NOT_SENT,

		/** Sent, and no answer that tells what became of it. */
		ANSWER_LOST,

		/** No token, or one the cluster does not know. */
		UNAUTHENTICATED,

		/** RBAC does not allow it. */
		FORBIDDEN,

		/**
		 * An admission webhook denied it; Longhorn's own sentence is in what was said.
		 */
		DENIED,

		/**
		 * The server's certificate is not one the client trusts. A handshake that breaks
		 * for another reason is a connection that broke.
		 */
		UNTRUSTED,

		/** Any other answer that will not change by itself. */
		REFUSED,

		/** The thread was told to stop. */
		INTERRUPTED

	}

	static CallTrouble of(ClusterCall call, RuntimeException failure) {
		Throwable root = (failure instanceof ResourceNotFoundException && failure.getCause() != null)
				? failure.getCause() : failure;
		if (root instanceof KubernetesClientException answered && answered.getCode() > 0) {
			String said = ServerText.oneLine(message(answered));
			return new CallTrouble(call, kindOfAnswer(answered, said), said, failure);
		}
		return withoutAnswer(call, failure);
	}

	/** What a caller who cannot make anything of it throws. */
	LonghaulException toException() {
		return switch (kind) {
			case BUSY, NOT_SENT, ANSWER_LOST,
					EXPIRED ->
				new TransientFailure(FailureCode.CLUSTER_UNREACHABLE, fact(),
						"try again later; if it stays, look at the API server" + (call.namespace().isEmpty() ? ""
								: " and at Longhorn's pods: kubectl -n " + call.namespace() + " get pods"),
						cause);
			case INTERRUPTED -> interruption();
			case NOT_FOUND, ALREADY_EXISTS, UNAUTHENTICATED, FORBIDDEN, DENIED, UNTRUSTED, REFUSED ->
				new RefusedRequest(FailureCode.CLUSTER_REFUSED, fact(), refusalHint(), cause);
		};
	}

	String fact() {
		return "the cluster did not " + call + ": " + said;
	}

	private String refusalHint() {
		return switch (kind) {
			case NOT_FOUND -> !call.group().endsWith("longhorn.io")
					? "it has to be there: kubectl -n %s get %s".formatted(call.namespace(), call.resource())
					: "check that Longhorn is installed in namespace '" + call.namespace() + "': kubectl get crd "
							+ call.resource();
			case UNAUTHENTICATED -> "the credentials are missing, wrong or expired: renew the kubeconfig or the service"
					+ " account's token";
			case FORBIDDEN -> "allow the verb '%s' on '%s' of API group '%s' %s bound to this user"
				.formatted(call.verb(), call.plural(), call.group(), call.namespace().isEmpty() ? "in a ClusterRole"
						: "in namespace '" + call.namespace() + "', in a Role");
			case DENIED -> "Longhorn's admission check said no; compare with: kubectl -n " + call.namespace()
					+ " get backuptargets.longhorn.io,volumes.longhorn.io";
			case UNTRUSTED -> "check the server's address and the certificate authority in the kubeconfig";
			default -> "the same request will be refused again: change what the answer complains about";
		};
	}

	private LonghaulException interruption() {
		InterruptedException stop = find(cause, InterruptedException.class);
		return Interruption.of((stop != null) ? stop : new InterruptedException(), "asking the cluster to " + call);
	}

	private static String message(KubernetesClientException answered) {
		Status status = answered.getStatus();
		if (status == null || status.getMessage() == null || status.getMessage().isBlank()) {
			return "HTTP status " + answered.getCode();
		}
		Integer wait = (status.getDetails() != null) ? status.getDetails().getRetryAfterSeconds() : null;
		return (wait != null && wait > 0) ? status.getMessage() + " (it asks to wait " + wait + " s)"
				: status.getMessage();
	}

	private static Kind kindOfAnswer(KubernetesClientException answered, String said) {
		boolean denied = said.startsWith("admission webhook");
		return switch (answered.getCode()) {
			case 401 -> Kind.UNAUTHENTICATED;
			case 403 -> denied ? Kind.DENIED : Kind.FORBIDDEN;
			case 404 -> Kind.NOT_FOUND;
			case 409 -> isAlreadyExists(answered) ? Kind.ALREADY_EXISTS : Kind.BUSY;
			case 410 -> Kind.EXPIRED;
			case 408, 429 -> Kind.BUSY;
			default -> (answered.getCode() >= 500) ? Kind.ANSWER_LOST : denied ? Kind.DENIED : Kind.REFUSED;
		};
	}

	private static boolean isAlreadyExists(KubernetesClientException answered) {
		return answered.getStatus() != null && "AlreadyExists".equals(answered.getStatus().getReason());
	}

	private static CallTrouble withoutAnswer(ClusterCall call, RuntimeException failure) {
		Kind kind;
		if (find(failure, InterruptedException.class) != null) {
			kind = Kind.INTERRUPTED;
		}
		else if (find(failure, CertificateException.class) != null) {
			kind = Kind.UNTRUSTED;
		}
		else if (find(failure, ConnectException.class) != null || find(failure, UnknownHostException.class) != null
				|| find(failure, HttpConnectTimeoutException.class) != null) {
			kind = Kind.NOT_SENT;
		}
		else {
			kind = Kind.ANSWER_LOST;
		}
		String said = (kind == Kind.NOT_SENT) ? "no connection to " + call.server() + " (" + describe(failure) + ")"
				: describe(failure);
		return new CallTrouble(call, kind, ServerText.oneLine(said), failure);
	}

	/** The outermost cause that is more than a wrapper of fabric8's. */
	private static String describe(Throwable failure) {
		Set<Throwable> seen = new HashSet<>();
		Throwable named = failure;
		for (Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
			boolean io = t instanceof IOException || t instanceof TimeoutException;
			named = io ? t : named;
			if (io && t.getClass() != IOException.class) {
				break;
			}
		}
		String message = named.getMessage();
		String type = named.getClass().getSimpleName();
		return (message == null || message.isBlank()) ? type : type + ": " + message;
	}

	/** The innermost of that type; causes may form a circle. */
	private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
		Set<Throwable> seen = new HashSet<>();
		T found = null;
		for (Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
			if (type.isInstance(t)) {
				found = type.cast(t);
			}
		}
		return found;
	}

}
