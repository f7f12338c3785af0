package dev.longhaul.scheduler.rest;

import java.time.Instant;
import java.util.List;

import dev.longhaul.core.retention.Decision;
import dev.longhaul.core.retention.RetentionPlan;
import dev.longhaul.scheduler.retention.MadePlan;
import org.jspecify.annotations.Nullable;

/**
 * A retention plan.
 *
 * @param hash what is approved
 * @param heldBack why nothing at all is removed; null if that is not so
 * @param removedBytes of what goes, blocks times block size of each backup: less becomes
 * free, because backups share blocks
 * @param pinsBeside pins of nights that have no restore point
 */
record RetentionPlanView(String hash, String application, String target, String policy, Instant plannedAt,
		@Nullable String heldBack, int kept, int removed, long removedBytes, List<Instant> pinsBeside) {

	static RetentionPlanView of(MadePlan made) {
		RetentionPlan plan = made.plan();
		return new RetentionPlanView(plan.hash(), plan.application().value(), plan.target(), plan.policy().toString(),
				made.plannedAt(), plan.heldBack(), plan.kept().size(), plan.removals().size(), made.removed().bytes(),
				made.pinsBeside());
	}

	/**
	 * With what it decides.
	 *
	 * @param restorePoints newest first
	 */
	record Details(RetentionPlanView plan, List<DecisionView> restorePoints) {

		static Details of(MadePlan made) {
			return new Details(RetentionPlanView.of(made),
					made.plan().decisions().stream().map(DecisionView::of).toList());
		}

	}

	/**
	 * @param decision {@code keep} or {@code remove}
	 * @param exports that go with it, or stay with it
	 */
	record DecisionView(String job, Instant scheduledFor, Instant takenAt, String condition, String decision,
			List<String> reasons, long bytes, List<BackupName> backups, List<String> exports) {

		static DecisionView of(Decision decision) {
			return new DecisionView(decision.point().night().job().value(), decision.point().night().scheduledFor(),
					decision.point().takenAt(), decision.point().condition().word(),
					(decision instanceof Decision.Remove) ? "remove" : "keep", decision.reasons(),
					MadePlan.size(decision).bytes(),
					decision.point()
						.backups()
						.stream()
						.map(backup -> new BackupName(backup.volume().value(), backup.backup().value()))
						.toList(),
					decision.point().exports().stream().map(export -> export.name().value()).sorted().toList());
		}

	}

	/** A backup by its name. */
	record BackupName(String volume, String backup) {
	}

}
