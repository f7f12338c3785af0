package dev.longhaul.restore.sync;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

import dev.longhaul.core.cluster.ArgoApplications;
import dev.longhaul.core.deploy.ArgoApplication;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import dev.longhaul.restore.run.RestoreJournal;

/**
 * Switches automated sync off and on again. A parent that heals itself would undo it in
 * its children, so it comes first and goes last.
 */
public final class AutomatedSync {

	private final ArgoApplications applications;

	private final Set<String> parents;

	private final Patience patience;

	private final RestoreJournal journal;

	private final Clock clock;

	private final Pause pause;

	/**
	 * @param parents by name, as far as they are known beforehand
	 */
	public AutomatedSync(ArgoApplications applications, Set<String> parents, Patience patience, RestoreJournal journal,
			Clock clock, Pause pause) {
		this.applications = applications;
		this.parents = parents;
		this.patience = patience;
		this.journal = journal;
		this.clock = clock;
		this.pause = pause;
	}

	/** Until none is synced by itself. */
	public void pauseAll() {
		until("automated sync to be off", () -> pauseOnce(ordered(Comparator.comparing(this::isParent).reversed())));
	}

	/** Until all that were paused are synced by themselves again. */
	public void resumeAll() {
		until("automated sync to be on again", () -> resumeOnce(ordered(Comparator.comparing(this::isParent))));
	}

	private boolean pauseOnce(List<ArgoApplication> ordered) {
		boolean all = true;
		for (ArgoApplication application : ordered) {
			if (application.automated()) {
				all &= recorded(applications.pause(application), "sync-paused", application);
			}
		}
		return all;
	}

	private boolean resumeOnce(List<ArgoApplication> ordered) {
		boolean all = true;
		for (ArgoApplication application : ordered) {
			if (application.paused()) {
				all &= recorded(applications.resume(application), "sync-resumed", application);
			}
		}
		return all;
	}

	/** Not done means that somebody else has changed it meanwhile, and is no event. */
	private boolean recorded(boolean done, String event, ArgoApplication application) {
		if (done) {
			journal.record(clock.instant(), event, application.name());
		}
		return done;
	}

	private List<ArgoApplication> ordered(Comparator<ArgoApplication> order) {
		return applications.list().orElseGet(List::of).stream().sorted(order).toList();
	}

	private boolean isParent(ArgoApplication application) {
		return application.isParent() || parents.contains(application.name());
	}

	private void until(String what, BooleanSupplier done) {
		if (patience.await(clock, pause, what, () -> Optional.of(done.getAsBoolean()).filter(Boolean::booleanValue))
			.isEmpty()) {
			throw new TransientFailure(FailureCode.TIMED_OUT,
					"waited %s for %s: somebody keeps changing an Application".formatted(patience.limit(), what),
					"find out who does; another run of the same plan goes on");
		}
	}

}
