package dev.longhaul.restore.drill;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.longhaul.core.cluster.DeployedClaims;
import dev.longhaul.core.cluster.ThrowAwayNamespaces;
import dev.longhaul.core.cluster.ThrowAwayNamespaces.Settings;
import dev.longhaul.core.cluster.ThrowAwayNamespaces.ThrowAway;
import dev.longhaul.core.cluster.WaitingPods;
import dev.longhaul.core.cluster.WorkloadCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.text.Spans;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.workload.Mount;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.restore.check.ApplicationChecks;
import dev.longhaul.restore.check.StartedApplication;
import dev.longhaul.restore.run.RestoreListener;
import dev.longhaul.restore.run.RestoreReport;
import dev.longhaul.restore.run.RestoreRun;
import org.jspecify.annotations.Nullable;

/**
 * One drill: an application is restored into a throw-away namespace, started there,
 * checked, and removed, whatever came of it. The one that is in use is only read. What an
 * earlier drill of the application has left is removed first; two at once end each other.
 */
public final class Drill {

	private static final Duration LOOK = Duration.ofSeconds(1);

	private final DrillPlan plan;

	private final RestoreRun volumes;

	private final Ports ports;

	private final Patience ready;

	private final ThrowAwayRemoval removal;

	private final RestoreListener listener;

	private final Clock clock;

	private final Pause pause;

	/**
	 * What a drill needs of a cluster.
	 */
	public record Ports(ThrowAwayNamespaces places, WorkloadCluster workloads, DeployedClaims claims,
			WaitingPods waiting) {
	}

	/**
	 * @param volumes a run of the plan's restore
	 * @param start how long pods may take until they are ready
	 */
	public Drill(DrillPlan plan, RestoreRun volumes, Ports ports, Duration start, ThrowAwayRemoval removal,
			RestoreListener listener, Clock clock, Pause pause) {
		this.plan = plan;
		this.volumes = volumes;
		this.ports = ports;
		this.ready = new Patience(LOOK, start);
		this.removal = removal;
		this.listener = listener;
		this.clock = clock;
		this.pause = pause;
	}

	/**
	 * @throws LonghaulException if nothing was begun, or it was told to stop; what it had
	 * made is removed all the same
	 */
	public DrillReport run() {
		ThrowAway place = plan.place();
		sweep(place);
		DrillCopies copies = DrillCopies.of(ports.places().declared(plan.origin()), plan.claims(), plan.namespace());
		requireSomething(copies);
		DrillReport report;
		try {
			report = rehearse(place, copies);
		}
		catch (RuntimeException | Error ex) {
			Optional.ofNullable(remove(place)).ifPresent(ex::addSuppressed);
			throw ex;
		}
		return report.withRemains(remove(place));
	}

	private void sweep(ThrowAway place) {
		ports.places().all().stream().filter(left -> left.namespace().equals(place.namespace())).forEach(left -> {
			listener
				.noted("an earlier drill has left namespace '%s', which is removed first".formatted(left.namespace()));
			removal.remove(left);
		});
	}

	private void requireSomething(DrillCopies copies) {
		if (copies.workloads().isEmpty()) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"nothing in namespace '%s' can be started on the claims of '%s'%s".formatted(plan.origin(),
							plan.application(),
							copies.leftOut()
								.stream()
								.map(absence -> "; %s: %s".formatted(absence.subject(), absence.why()))
								.collect(Collectors.joining())),
					"a drill copies the Deployments and StatefulSets that are deployed there now");
		}
	}

	private DrillReport rehearse(ThrowAway place, DrillCopies copies) {
		ports.places().make(place);
		ports.places().create(Isolation.policy(plan.namespace()));
		Instant begunAt = clock.instant();
		Function<LonghaulException, DrillReport> failed = why -> new DrillReport(plan, begunAt,
				Duration.between(begunAt, clock.instant()), List.of(), List.of(), copies.leftOut(), why, null);
		RestoreReport restored = volumes.restore(begunAt);
		if (!restored.isWhole()) {
			return failed.apply(restored.failed().isEmpty() ? skipped() : restored.failed().get(0).failure());
		}
		List<Workload> started = start(copies);
		Optional<LonghaulException> unready = awaitReady(started);
		if (unready.isPresent()) {
			return failed.apply(unready.get());
		}
		var answers = new ApplicationChecks(ports.workloads())
			.check(new StartedApplication(plan.application(), null, mounts(started)));
		return new DrillReport(plan, begunAt, Duration.between(begunAt, clock.instant()), started, answers,
				copies.leftOut(), null, null);
	}

	private static LonghaulException skipped() {
		return new RefusedRequest(FailureCode.RESTORE_CONFLICT, "something stood where a volume would be restored",
				"run the drill without --on-conflict skip");
	}

	private List<Workload> start(DrillCopies copies) {
		for (Settings settings : copies.settings()) {
			if (!ports.places().copy(settings, plan.origin(), plan.namespace())) {
				listener.noted("%s '%s' is not in '%s', or not for copies".formatted(
						(settings.kind() == Settings.Kind.SECRET) ? "Secret" : "ConfigMap", settings.name(),
						plan.origin()));
			}
		}
		copies.services().forEach(ports.places()::create);
		copies.workloads().forEach(ports.places()::create);
		copies.started(plan.namespace()).forEach(workload -> listener.told(workload.toString(), "is started"));
		copies.leftOut()
			.forEach(absence -> listener.noted("not started: %s, as %s".formatted(absence.subject(), absence.why())));
		return copies.started(plan.namespace());
	}

	/** Why it is not; empty if it is. */
	private Optional<LonghaulException> awaitReady(List<Workload> started) {
		List<Workload> waiting = new ArrayList<>(started);
		String[] told = { "" };
		boolean all = ready.await(clock, pause, "the pods of '%s'".formatted(plan.namespace()), () -> {
			waiting.removeIf(this::isReady);
			String reasons = waiting.isEmpty() ? "" : reasons();
			if (!reasons.isEmpty() && !reasons.equals(told[0])) {
				listener.told(plan.application().value(), "waits: " + reasons);
				told[0] = reasons;
			}
			return waiting.isEmpty() ? Optional.of(true) : Optional.<Boolean>empty();
		}).isPresent();
		return all ? Optional.empty()
				: Optional.of(new TransientFailure(FailureCode.TIMED_OUT,
						"%s is not ready after %s%s".formatted(waiting.get(0), Spans.of(ready.limit()),
								told[0].isEmpty() ? "" : ": " + told[0]),
						"look at why; what it needs from outside of its namespace it does not get in a drill"));
	}

	private boolean isReady(Workload workload) {
		try {
			return ports.workloads().ready(workload) > 0;
		}
		catch (TransientFailure ex) {
			return false;
		}
	}

	/** To know it is of use, and nothing depends on it. */
	private String reasons() {
		try {
			return ports.waiting()
				.waitingPods(plan.namespace())
				.stream()
				.map(pod -> "pod '%s': %s".formatted(pod.name(), pod.reason()))
				.collect(Collectors.joining("; "));
		}
		catch (TransientFailure | RefusedRequest ex) {
			return "";
		}
	}

	private List<Mount> mounts(List<Workload> started) {
		Set<Workload> all = Set.copyOf(started);
		return ports.claims()
			.deployedClaims(plan.namespace())
			.stream()
			.flatMap(claim -> claim.mounts().stream())
			.filter(mount -> all.contains(mount.place().workload()))
			.distinct()
			.toList();
	}

	/**
	 * Also for who was told to stop: what it had made nobody else would remove soon.
	 * @return why something is left; null if nothing is
	 */
	private @Nullable LonghaulException remove(ThrowAway place) {
		boolean toldToStop = Thread.interrupted();
		try {
			removal.remove(place);
			listener.told("namespace '%s'".formatted(place.namespace()), "is removed, with all of it");
			return null;
		}
		catch (Interruption ex) {
			toldToStop = true;
			return ex;
		}
		catch (LonghaulException ex) {
			return ex;
		}
		finally {
			if (toldToStop) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
