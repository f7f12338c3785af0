package dev.longhaul.core.extra;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.longhaul.core.digest.Sha256;
import dev.longhaul.core.extra.ExtraDecision.Keep;
import dev.longhaul.core.extra.ExtraDecision.Remove;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.VolumeName;

/**
 * What may go of what only a mirror has, with the reasons. Nothing is removed by it: that
 * takes an {@link ApprovedExtra}.
 */
public final class ExtraPlan {

	private final Ends ends;

	private final SafetyPeriod period;

	private final List<ExtraDecision> decisions;

	private final Set<VolumeName> unfinished;

	private ExtraPlan(Ends ends, SafetyPeriod period, List<ExtraDecision> decisions, Set<VolumeName> unfinished) {
		this.ends = ends;
		this.period = period;
		this.decisions = List.copyOf(decisions);
		this.unfinished = unfinished;
	}

	/**
	 * The two targets, as they name themselves.
	 */
	public record Ends(String source, String destination) {
	}

	/**
	 * Decides. Pure.
	 * @param kept backups that stay whatever happens, with the reason
	 */
	public static ExtraPlan of(Ends ends, BothSides sides, ExtraMemory memory, Map<StoredBackup, String> kept,
			SafetyPeriod period, Instant now) {
		ExtraRules rules = new ExtraRules(sides, memory, kept, period, now);
		return new ExtraPlan(ends, period, sides.extra().stream().map(rules::decide).toList(), memory.unfinished());
	}

	public Ends ends() {
		return ends;
	}

	public SafetyPeriod period() {
		return period;
	}

	/** One for each backup that only the mirror has, by volume and name. */
	public List<ExtraDecision> decisions() {
		return decisions;
	}

	public List<Remove> removals() {
		return decisions.stream().filter(Remove.class::isInstance).map(Remove.class::cast).toList();
	}

	/**
	 * Volumes of which an approved removal was cut before their blocks were collected;
	 * that is gone on with.
	 */
	public Set<VolumeName> unfinished() {
		return unfinished;
	}

	/**
	 * What the plan decides, as 64 hexadecimal digits: the SHA-256 of
	 * {@link #canonicalText}.
	 */
	public String hash() {
		return Sha256.of(canonicalText());
	}

	/**
	 * Approves exactly this plan.
	 * @param approvedHash the hash of the plan that somebody looked at
	 * @throws RefusedRequest if this is another plan
	 */
	public ApprovedExtra approve(String approvedHash) {
		String hash = hash();
		if (!hash.equals(approvedHash)) {
			throw new RefusedRequest(FailureCode.PLAN_CHANGED,
					"what may go from %s is plan %s, and '%s' was approved".formatted(ends.destination(), hash,
							approvedHash),
					"look at the plan as it is now with 'longhaul extra plan', and approve its hash");
		}
		return new ApprovedExtra(this);
	}

	/** All that an approval rests on, one fact a line; not the words of the reasons. */
	String canonicalText() {
		List<String> lines = new ArrayList<>();
		lines.add("longhaul extra plan 1");
		lines.add("source " + ends.source());
		lines.add("destination " + ends.destination());
		lines.add("after " + period);
		for (ExtraDecision decision : decisions) {
			lines.add("%s %s %s".formatted((decision instanceof Keep) ? "keep" : "remove", decision.backup(),
					decision.since()));
		}
		unfinished.stream().sorted().forEach(volume -> lines.add("collect " + volume));
		return String.join("\n", lines) + "\n";
	}

}
