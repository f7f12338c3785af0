package dev.longhaul.simulator.front;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.http.HttpServerRequest;

/**
 * A path below a pod that an API server hands to the pod's kubelet.
 */
record KubeletPath(ContainerRef container, Kind kind) {

	enum Kind {

		EXEC, LOG, PORTFORWARD;

		/** As in paths and in rules of RBAC. */
		String subresource() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	private static final Pattern PATTERN = Pattern
		.compile("/api/v1/namespaces/([^/]+)/pods/([^/]+)/(exec|log|portforward)");

	static Optional<KubeletPath> of(HttpServerRequest request) {
		Matcher matcher = PATTERN.matcher(request.path());
		if (!matcher.matches()) {
			return Optional.empty();
		}
		Kind kind = Kind.valueOf(matcher.group(3).toUpperCase(Locale.ROOT));
		ContainerRef container = new ContainerRef(matcher.group(1), matcher.group(2), request.getParam("container"));
		return Optional.of(new KubeletPath(container, kind));
	}

}
