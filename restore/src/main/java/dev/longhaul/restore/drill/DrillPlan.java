package dev.longhaul.restore.drill;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.cluster.ThrowAwayNamespaces.ThrowAway;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.job.DrillBudget;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.restore.choice.Chosen;
import dev.longhaul.restore.choice.ChosenPoint;
import dev.longhaul.restore.choice.Origin;
import dev.longhaul.restore.plan.Placement;
import dev.longhaul.restore.plan.PlannedVolume;
import dev.longhaul.restore.plan.Planner;
import dev.longhaul.restore.plan.RestorePlan;
import dev.longhaul.restore.run.Mark;
import org.jspecify.annotations.Nullable;

/**
 * What would be restored of one application, to show that it starts. Pure: the same
 * choice leads to the same plan.
 *
 * @param night that recorded the restore point; null if only Longhorn knows of it
 * @param origin the namespace that the application lives in
 * @param namespace that it is rehearsed in
 * @param restore its volumes, each with one replica, and its claims
 */
public record DrillPlan(ApplicationName application, @Nullable Night night, String origin, String namespace,
		RestorePlan restore) {

	/** Whoever sees such a namespace shall know what it is. */
	private static final String PREFIX = "longhaul-drill-";

	/**
	 * @param chosen of a single application
	 * @param target URL of the bucket
	 * @param megabits per second that a download is assumed to have
	 * @throws RefusedRequest if it is not one application with claims in one namespace,
	 * or would take more than its budget
	 */
	public static DrillPlan of(Chosen chosen, String target, int megabits, DrillBudget budget) {
		ChosenPoint point = single(chosen);
		String origin = origin(point);
		String namespace = PREFIX + point.application();
		RestorePlan planned = new Planner(target, Placement.throwAway(namespace), megabits, null).plan(chosen);
		require(planned, budget);
		Night night = (point.origin() instanceof Origin.Recorded recorded) ? recorded.night() : null;
		return new DrillPlan(point.application(), night, origin, namespace, planned);
	}

	private static void require(RestorePlan plan, DrillBudget budget) {
		for (PlannedVolume planned : plan.volumes()) {
			if (planned.size().compareTo(budget.volume()) > 0) {
				throw beyond("volume '%s' has %s, and a drill may make volumes of %s".formatted(planned.source(),
						planned.size(), budget.volume()));
			}
		}
		ByteSize whole = new ByteSize(plan.volumes().stream().mapToLong(planned -> planned.written().bytes()).sum());
		if (whole.compareTo(budget.download()) > 0) {
			throw beyond("the drill would download %s, and may download %s".formatted(whole, budget.download()));
		}
	}

	private static RefusedRequest beyond(String fact) {
		return new RefusedRequest(FailureCode.INVALID_USAGE, fact,
				"allow more, with --most-gib and --largest-gib or the budget of the DrillJob, or rehearse another "
						+ "application");
	}

	private static ChosenPoint single(Chosen chosen) {
		if (chosen.points().size() != 1) {
			String why = chosen.missing()
				.stream()
				.map(absence -> "; %s: %s".formatted(absence.subject(), absence.why()))
				.collect(Collectors.joining());
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"a drill rehearses one application, and the bucket has %d restore points that were chosen%s"
						.formatted(chosen.points().size(), why),
					"name it with --application; 'longhaul restore plan' shows what there is");
		}
		return chosen.points().get(0);
	}

	/** Its Services and Secrets are those of a namespace. */
	private static String origin(ChosenPoint point) {
		Set<String> namespaces = point.volumes()
			.stream()
			.filter(volume -> volume.claim() != null)
			.map(volume -> volume.claim().ref().namespace())
			.collect(Collectors.toCollection(TreeSet::new));
		if (namespaces.size() != 1) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					namespaces.isEmpty()
							? "no claim of '%s' is known, so nothing can be started on its volumes"
								.formatted(point.application())
							: "'%s' has claims in several namespaces (%s), and a drill has one"
								.formatted(point.application(), String.join(", ", namespaces)),
					"'longhaul restore run' restores its volumes beside those that are in use");
		}
		return namespaces.iterator().next();
	}

	/** Names of the claims that are restored. */
	Set<String> claims() {
		return restore.volumes()
			.stream()
			.filter(volume -> volume.claim() != null)
			.map(volume -> volume.claim().ref())
			.map(ClaimRef::name)
			.collect(Collectors.toSet());
	}

	/** The namespace, with what has to be removed with it. */
	ThrowAway place() {
		List<PlannedVolume> volumes = restore.volumes();
		return new ThrowAway(namespace, application, Mark.of(restore).value(),
				volumes.stream().map(PlannedVolume::name).toList());
	}

}
