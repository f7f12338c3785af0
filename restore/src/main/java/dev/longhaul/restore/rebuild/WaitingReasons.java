package dev.longhaul.restore.rebuild;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.longhaul.core.cluster.WaitingPods;
import dev.longhaul.core.cluster.WaitingPods.WaitingPod;
import dev.longhaul.core.deploy.ArgoApplication;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.restore.run.RestoreListener;

/**
 * Tells what Applications wait for that are applied and not well, whenever that changes.
 * Argo CD says that they progress; why they do not, their pods say.
 */
final class WaitingReasons {

	/** Pods begin within that time, if nothing keeps them. */
	private static final Duration USUAL = Duration.ofSeconds(15);

	private static final int NAMED = 3;

	private final WaitingPods pods;

	private final RestoreListener listener;

	private final Clock clock;

	private final Map<String, Instant> asked = new HashMap<>();

	private final Map<String, String> told = new HashMap<>();

	WaitingReasons(WaitingPods pods, RestoreListener listener, Clock clock) {
		this.pods = pods;
		this.listener = listener;
		this.clock = clock;
	}

	/**
	 * Looks at most every {@code USUAL}, and tells what is new.
	 */
	void look(ArgoApplication application) {
		Instant now = clock.instant();
		Instant before = asked.putIfAbsent(application.name(), now);
		if (before == null || Duration.between(before, now).compareTo(USUAL) < 0) {
			return;
		}
		asked.put(application.name(), now);
		String reason = reason(application);
		if (!reason.isEmpty() && !reason.equals(told.put(application.name(), reason))) {
			listener.told(application.name(), "waits: " + reason);
		}
	}

	/** That was told last; empty if none was. */
	String last(String application) {
		return told.getOrDefault(application, "");
	}

	/** To know it is of use, and nothing depends on it. */
	private String reason(ArgoApplication application) {
		try {
			List<WaitingPod> waiting = pods.waitingPods(application.namespace());
			String named = waiting.stream()
				.limit(NAMED)
				.map(pod -> "pod '%s': %s".formatted(pod.name(), pod.reason()))
				.collect(Collectors.joining("; "));
			return (waiting.size() > NAMED) ? "%s; and %d more".formatted(named, waiting.size() - NAMED) : named;
		}
		catch (TransientFailure | OutcomeUnknown | RefusedRequest ex) {
			return "";
		}
	}

}
