package dev.longhaul.core.extra;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.extra.ExtraDecision.Keep;
import dev.longhaul.core.extra.ExtraDecision.Remove;
import dev.longhaul.core.volume.VolumeName;

/**
 * Whether a backup that only the mirror has may go. Every rule can only keep.
 */
final class ExtraRules {

	private final BothSides sides;

	private final ExtraMemory memory;

	private final Map<StoredBackup, String> kept;

	private final SafetyPeriod period;

	private final Instant now;

	ExtraRules(BothSides sides, ExtraMemory memory, Map<StoredBackup, String> kept, SafetyPeriod period, Instant now) {
		this.sides = sides;
		this.memory = memory;
		this.kept = kept;
		this.period = period;
		this.now = now;
	}

	ExtraDecision decide(StoredBackup backup) {
		Instant since = memory.since().get(backup);
		List<String> reasons = new ArrayList<>();
		if (sides.inSource(backup.volume()).isEmpty()) {
			reasons.add("the source has no backup of the volume any more; it may have lost them");
		}
		else if (!sides.isShared(backup.volume())) {
			reasons.add("the mirror has none of the backups that the source has of the volume");
		}
		if (kept.containsKey(backup)) {
			reasons.add(kept.get(backup));
		}
		if (since == null) {
			reasons.add("no run of the mirror has missed it yet");
			return new Keep(backup, null, reasons);
		}
		SafetyPeriod waits = isSudden(backup.volume(), since) ? period.afterSuddenLoss() : period;
		Instant ripe = since.plus(waits.length());
		if (now.isBefore(ripe)) {
			reasons.add(waits.equals(period) ? "may go from " + ripe
					: "more of the volume went missing at once than the source has now; may go from " + ripe);
		}
		return reasons.isEmpty() ? new Remove(backup, since, "missing in the source since %s".formatted(since))
				: new Keep(backup, since, reasons);
	}

	/**
	 * Whether the source lost more than half of what it had of the volume between two
	 * runs: more than it has now was first missed by the same one.
	 */
	private boolean isSudden(VolumeName volume, Instant since) {
		long together = memory.since()
			.entrySet()
			.stream()
			.filter(missed -> missed.getKey().volume().equals(volume) && missed.getValue().equals(since))
			.count();
		return together > sides.inSource(volume).size();
	}

}
