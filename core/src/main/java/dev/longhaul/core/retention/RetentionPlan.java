package dev.longhaul.core.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.digest.Sha256;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.retention.Decision.Keep;
import dev.longhaul.core.retention.Decision.Remove;
import org.jspecify.annotations.Nullable;

/**
 * What a policy would keep and remove of the restore points of one application on one
 * target, with the reasons. Nothing is removed by it: that takes an
 * {@link ApprovedRetention}.
 * <p>
 * Planning over what a plan keeps removes nothing more, at the same moment and at any
 * later one: time alone removes nothing. The one exception is a restore point whose time
 * is yet to come; once it has come, it counts like any other.
 */
public final class RetentionPlan {

	private final RetentionPolicy policy;

	private final Inventory inventory;

	private final @Nullable String heldBack;

	private final List<Decision> decisions;

	private RetentionPlan(RetentionPolicy policy, Inventory inventory, @Nullable String heldBack,
			List<Decision> decisions) {
		this.policy = policy;
		this.inventory = inventory;
		this.heldBack = heldBack;
		this.decisions = decisions;
	}

	/**
	 * Decides. Pure.
	 * @param now only to tell times that are yet to come
	 */
	public static RetentionPlan of(RetentionPolicy policy, Inventory inventory, Instant now) {
		RetentionRules rules = new RetentionRules(policy, inventory, now);
		List<Decision> decisions = inventory.points().stream().map(rules::decide).toList();
		return new RetentionPlan(policy, inventory, rules.heldBack(), decisions);
	}

	public ApplicationName application() {
		return inventory.application();
	}

	public String target() {
		return inventory.target();
	}

	public RetentionPolicy policy() {
		return policy;
	}

	/** Why nothing at all is removed; null if that is not so. */
	public @Nullable String heldBack() {
		return heldBack;
	}

	/** One per restore point, newest first. */
	public List<Decision> decisions() {
		return decisions;
	}

	/** Newest first. */
	public List<Keep> kept() {
		return decisions.stream().filter(Keep.class::isInstance).map(Keep.class::cast).toList();
	}

	/** Newest first. */
	public List<Remove> removals() {
		return decisions.stream().filter(Remove.class::isInstance).map(Remove.class::cast).toList();
	}

	/**
	 * What the plan decides, as 64 hexadecimal digits: the SHA-256 of
	 * {@link #canonicalText}. It does not depend on when the plan was made.
	 */
	public String hash() {
		return Sha256.of(canonicalText());
	}

	/**
	 * Approves exactly this plan.
	 * @param approvedHash the hash of the plan that somebody looked at
	 * @throws RefusedRequest if this is another plan: since then a restore point came,
	 * went, was read or pinned, or the policy changed
	 */
	public ApprovedRetention approve(String approvedHash) {
		String hash = hash();
		if (!hash.equals(approvedHash)) {
			throw new RefusedRequest(
					FailureCode.PLAN_CHANGED, "the retention plan of '%s' on %s is %s, and '%s' was approved"
						.formatted(application(), target(), hash, approvedHash),
					"look at the plan as it is now, and approve its hash");
		}
		return new ApprovedRetention(this);
	}

	/**
	 * Approves it by the standing word of whoever declared the limit.
	 * @throws RefusedRequest if it removes more than that; a person has to look at it
	 */
	public ApprovedRetention approve(NightlyLimit limit) {
		int count = removals().size();
		if (count > limit.restorePoints()) {
			throw new RefusedRequest(FailureCode.TOO_MANY_REMOVALS,
					"the retention plan of '%s' on %s removes %d restore points, and a night may remove %d"
						.formatted(application(), target(), count, limit.restorePoints()),
					"if it is meant to be so, 'longhaul retention apply %s --approve %s' carries it out"
						.formatted(target(), hash()));
		}
		return new ApprovedRetention(this);
	}

	/**
	 * All that an approval rests on, one fact a line: what is kept and in what condition,
	 * and which backups and exports go. Not the words of the reasons, which may become
	 * better ones.
	 */
	String canonicalText() {
		List<String> lines = new ArrayList<>();
		lines.add("longhaul retention plan 1");
		lines.add("application " + application());
		lines.add("target " + target());
		lines.add("policy " + policy);
		for (Decision decision : decisions) {
			StoredPoint point = decision.point();
			String word = (decision instanceof Keep) ? "keep" : "remove";
			lines.add(String.join(" ", word, point.night().toString(), point.takenAt().toString(),
					point.condition().word()));
			if (decision instanceof Remove) {
				point.backups()
					.stream()
					.map(backup -> "backup " + backup.volume() + "/" + backup.backup())
					.sorted()
					.forEach(lines::add);
				point.exports()
					.stream()
					.map(export -> "export " + export.name() + " " + export.stored().sha256())
					.sorted()
					.forEach(lines::add);
			}
		}
		return String.join("\n", lines) + "\n";
	}

}
