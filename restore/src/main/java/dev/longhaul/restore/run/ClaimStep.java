package dev.longhaul.restore.run;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.cluster.RestoreCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import dev.longhaul.restore.plan.PlannedClaim;

/**
 * Offers restored volumes to their applications: namespace, class, PersistentVolume and
 * claim, each unless it is there.
 */
final class ClaimStep {

	/** A claim that comes before it is bound all the same, some seconds later. */
	private static final Patience OFFER = new Patience(Duration.ofMillis(200), Duration.ofSeconds(10));

	private final Mark mark;

	private final RestoreCluster cluster;

	private final RestoreSettings settings;

	private final RestoreJournal journal;

	private final Clock clock;

	private final Pause pause;

	ClaimStep(Mark mark, RestoreCluster cluster, RestoreSettings settings, RestoreJournal journal, Clock clock,
			Pause pause) {
		this.mark = mark;
		this.cluster = cluster;
		this.settings = settings;
		this.journal = journal;
		this.clock = clock;
		this.pause = pause;
	}

	void createNamespace(String name) {
		if (cluster.find("Namespace", name).isEmpty()) {
			cluster.create(JsonObject.of(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata",
					Map.of("name", name, "annotations", Map.of(Mark.KEY, mark.value())))));
			journal.record(clock.instant(), "namespace-made", name);
		}
	}

	void createClass(JsonObject storageClass) {
		String name = storageClass.text("metadata", "name").orElseThrow();
		if (cluster.find("StorageClass", name).isEmpty()) {
			cluster.create(storageClass);
			journal.record(clock.instant(), "storage-class-made", name);
		}
	}

	/**
	 * Makes the claim and waits until it is bound to its own volume.
	 * @throws RefusedRequest if somebody else's stands in its place
	 * @throws TransientFailure if it is not bound in time
	 */
	void offer(PlannedClaim claim) {
		prepare(claim);
		var unusedEarly = OFFER.await(clock, pause, "the PersistentVolume to be available",
				() -> Optional.of(cluster.isOffered(claim.volumeName())).filter(Boolean::booleanValue));
		cluster.create(mark.on(claim.claim()));
		Optional<JsonObject> found = cluster.findClaim(claim.ref());
		if (found.filter(there -> isReserved(there, claim)).isEmpty()) {
			requireOurs(found, "claim %s".formatted(claim.ref()));
		}
		boolean bound = settings.looks()
			.await(clock, pause, "claim %s to be bound".formatted(claim.ref()),
					() -> Optional.of(cluster.isBound(claim.ref(), claim.volumeName())).filter(Boolean::booleanValue))
			.isPresent();
		if (!bound) {
			throw new TransientFailure(FailureCode.TIMED_OUT,
					"claim %s is not bound to PersistentVolume '%s' after %s".formatted(claim.ref(), claim.volumeName(),
							settings.looks().limit()),
					"look why: kubectl -n %s describe pvc %s; another run of the same plan goes on"
						.formatted(claim.ref().namespace(), claim.ref().name()));
		}
		journal.record(clock.instant(), "claim-bound", claim.ref().toString());
	}

	/**
	 * Makes the PersistentVolume alone.
	 * @throws RefusedRequest if somebody else's stands in its place
	 */
	void prepare(PlannedClaim claim) {
		cluster.create(mark.on(claim.volume()));
		requireOurs(cluster.find("PersistentVolume", claim.volumeName()),
				"PersistentVolume '%s'".formatted(claim.volumeName()));
	}

	/**
	 * Makes the claim alone. It names its volume, so nobody makes another one for it, and
	 * is bound when that is offered by another run.
	 */
	void reserve(PlannedClaim claim) {
		cluster.create(Mark.reserved().on(claim.claim()));
		journal.record(clock.instant(), "claim-reserved", claim.ref().toString());
	}

	/** Whether a claim is kept free for a volume, and for no other. */
	static boolean isReserved(JsonObject found, PlannedClaim claim) {
		return Mark.reserved().isOn(found)
				&& found.text("spec", "volumeName").filter(claim.volumeName()::equals).isPresent();
	}

	private void requireOurs(Optional<JsonObject> found, String what) {
		if (found.filter(mark::isOn).isEmpty()) {
			throw new RefusedRequest(FailureCode.RESTORE_CONFLICT,
					found.isPresent() ? "meanwhile somebody else made a %s".formatted(what)
							: "the %s was deleted as soon as it was made".formatted(what),
					"find out who does; Argo CD may be applying the application already: pause its sync, and run the "
							+ "same plan again");
		}
	}

}
