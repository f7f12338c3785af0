package dev.longhaul.restore.replace;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.longhaul.core.cluster.ArgoApplications;
import dev.longhaul.core.cluster.ClaimExchanges;
import dev.longhaul.core.cluster.ClaimExchanges.UsingPod;
import dev.longhaul.core.cluster.DeployedClaims;
import dev.longhaul.core.cluster.WorkloadCluster;
import dev.longhaul.core.cluster.WorkloadCluster.Scale;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.text.Spans;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.workload.DeployedClaim;
import dev.longhaul.core.workload.Mount;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.restore.plan.PlannedClaim;
import dev.longhaul.restore.run.ClaimReplacement;
import dev.longhaul.restore.run.RestoreJournal;
import dev.longhaul.restore.run.RestoreListener;
import dev.longhaul.restore.sync.AutomatedSync;

/**
 * Stops an application, gives its claims the restored volumes and starts it again. The
 * volumes that it had stay, with their PersistentVolumes. How many pods it had is kept in
 * the cluster meanwhile, so that whoever goes on after a kill can start it.
 */
public final class ApplicationReplacement implements ClaimReplacement {

	/** Within that time a controller tells the pods of what is scaled to zero to end. */
	private static final Duration TOLD = Duration.ofSeconds(20);

	private final WorkloadCluster workloads;

	private final DeployedClaims deployed;

	private final ArgoApplications applications;

	private final ClaimExchanges exchanges;

	private final Patience patience;

	private final RestoreJournal journal;

	private final RestoreListener listener;

	private final Clock clock;

	private final Pause pause;

	/**
	 * @param patience with pods that end, and with claims that go
	 */
	public ApplicationReplacement(WorkloadCluster workloads, DeployedClaims deployed, ArgoApplications applications,
			ClaimExchanges exchanges, Patience patience, RestoreJournal journal, RestoreListener listener, Clock clock,
			Pause pause) {
		this.workloads = workloads;
		this.deployed = deployed;
		this.applications = applications;
		this.exchanges = exchanges;
		this.patience = patience;
		this.journal = journal;
		this.listener = listener;
		this.clock = clock;
		this.pause = pause;
	}

	@Override
	public void replace(List<PlannedClaim> claims, Runnable offer) {
		List<PlannedClaim> others = claims.stream().filter(this::isAnothers).toList();
		if (!others.isEmpty()) {
			// A StatefulSet may delete its claims when it is scaled down.
			others.forEach(this::keepVolume);
			stop(claims, others.size() == claims.size());
			others.forEach(this::letGo);
		}
		offer.run();
		start(claims);
	}

	/**
	 * @param untouched whether no earlier run has let go of a claim: then it may run
	 * again
	 */
	private void stop(List<PlannedClaim> claims, boolean untouched) {
		List<DeployedClaim> used = used(claims);
		automated(used).pauseAll();
		try {
			stop(claims, used);
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			if (untouched) {
				start(claims);
			}
			else {
				listener
					.noted("what uses the claims stays stopped, because not all of them are there; another run of the "
							+ "same plan goes on");
			}
			throw ex;
		}
	}

	private void keepVolume(PlannedClaim claim) {
		exchanges.volumeOf(claim.ref()).ifPresent(exchanges::keep);
	}

	private boolean isAnothers(PlannedClaim claim) {
		return exchanges.volumeOf(claim.ref()).filter(volume -> !volume.equals(claim.volumeName())).isPresent();
	}

	private List<DeployedClaim> used(List<PlannedClaim> claims) {
		Set<ClaimRef> refs = claims.stream().map(PlannedClaim::ref).collect(Collectors.toSet());
		return refs.stream()
			.map(ClaimRef::namespace)
			.distinct()
			.flatMap(namespace -> deployed.deployedClaims(namespace).stream())
			.filter(claim -> refs.contains(claim.ref()))
			.toList();
	}

	/** Of what the claims were deployed as, and of its parents, which would undo it. */
	private AutomatedSync automated(List<DeployedClaim> used) {
		Set<String> names = used.stream()
			.map(DeployedClaim::instance)
			.filter(Objects::nonNull)
			.collect(Collectors.toSet());
		return new AutomatedSync(new ConcernedApplications(applications, names), Set.of(), patience, journal, clock,
				pause);
	}

	private void stop(List<PlannedClaim> claims, List<DeployedClaim> used) {
		List<Workload> stopped = used.stream()
			.flatMap(claim -> claim.mounts().stream())
			.map(Mount::place)
			.map(Place::workload)
			.distinct()
			.sorted(Comparator.comparing(Workload::toString))
			.toList();
		remember(claims, stopped);
		for (Workload workload : stopped) {
			scale(workload, 0);
			listener.told(workload.toString(), "is stopped");
		}
		awaitFree(claims);
	}

	/** Pods that nobody tells to end are not those of what was stopped. */
	private void awaitFree(List<PlannedClaim> claims) {
		Instant begun = clock.instant();
		Set<UsingPod> left = new HashSet<>();
		Optional<Boolean> free = patience.await(clock, pause, "pods to end", () -> {
			left.clear();
			claims.forEach(claim -> left.addAll(exchanges.podsUsing(claim.ref())));
			boolean stays = left.stream().anyMatch(pod -> !pod.ending())
					&& Duration.between(begun, clock.instant()).compareTo(TOLD) > 0;
			return (left.isEmpty() || stays) ? Optional.of(left.isEmpty()) : Optional.empty();
		});
		if (!free.orElse(false)) {
			throw new TransientFailure(FailureCode.TIMED_OUT,
					"after %s, %s still use the claims of which others should take the place, so nothing was replaced"
						.formatted(Spans.of(Duration.between(begun, clock.instant())),
								left.stream()
									.map(pod -> "pod '%s'".formatted(pod.name()))
									.sorted()
									.collect(Collectors.joining(", "))),
					"stop them yourself, and run the same plan again");
		}
	}

	/** What an earlier run has stopped had more pods before than it has now. */
	private void remember(List<PlannedClaim> claims, List<Workload> stopped) {
		Map<Workload, Integer> pods = new HashMap<>(remembered(claims));
		for (Workload workload : stopped) {
			int wanted = workloads.scale(workload).wanted();
			if (wanted > 0) {
				pods.put(workload, wanted);
			}
		}
		String text = new StoppedWorkloads(pods).text();
		if (!text.isEmpty()) {
			exchanges.annotate(claims.get(0).volumeName(), StoppedWorkloads.KEY, text);
		}
	}

	private Map<Workload, Integer> remembered(List<PlannedClaim> claims) {
		return StoppedWorkloads
			.parse(exchanges.annotations(claims.get(0).volumeName()).getOrDefault(StoppedWorkloads.KEY, ""))
			.pods();
	}

	private void scale(Workload workload, int pods) {
		boolean done = patience.await(clock, pause, "%s to be scaled".formatted(workload), () -> {
			Scale scale = workloads.scale(workload);
			return (scale.wanted() == pods || workloads.scale(workload, scale.wanted(), pods)) ? Optional.of(true)
					: Optional.empty();
		}).isPresent();
		if (!done) {
			throw new TransientFailure(FailureCode.TIMED_OUT, "somebody keeps scaling %s".formatted(workload),
					"find out who does; another run of the same plan goes on");
		}
	}

	private void letGo(PlannedClaim claim) {
		exchanges.volumeOf(claim.ref()).ifPresent(former -> letGo(claim, former));
	}

	private void letGo(PlannedClaim claim, String former) {
		exchanges.release(claim.ref(), former);
		boolean gone = patience.await(clock, pause, "claim %s to go".formatted(claim.ref()),
				() -> exchanges.volumeOf(claim.ref()).filter(former::equals).isPresent() ? Optional.empty()
						: Optional.of(true))
			.isPresent();
		if (!gone) {
			throw new TransientFailure(FailureCode.TIMED_OUT,
					"claim %s is deleted, and does not go: something uses it".formatted(claim.ref()),
					"what uses it stays stopped; look: kubectl -n %s describe pvc %s; another run of the same plan goes on"
						.formatted(claim.ref().namespace(), claim.ref().name()));
		}
		journal.record(clock.instant(), "claim-released", "%s of %s".formatted(claim.ref(), former));
		listener.noted(
				"what claim %s had stays as PersistentVolume '%s', and its volume; delete both when nobody needs them"
					.formatted(claim.ref(), former));
	}

	/** By now the claims are there, and say again what they were deployed as. */
	private void start(List<PlannedClaim> claims) {
		Map<Workload, Integer> stopped = remembered(claims);
		stopped.forEach((workload, pods) -> {
			if (workloads.scale(workload).wanted() == 0) {
				scale(workload, pods);
				listener.told(workload.toString(), "is started");
			}
		});
		if (!stopped.isEmpty()) {
			exchanges.annotate(claims.get(0).volumeName(), StoppedWorkloads.KEY, "");
		}
		automated(used(claims)).resumeAll();
	}

}
