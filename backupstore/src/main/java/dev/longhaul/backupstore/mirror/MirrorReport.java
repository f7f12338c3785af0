package dev.longhaul.backupstore.mirror;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.longhaul.backupstore.catalog.CopiedDocuments;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.run.Recorded.Refusal;

/**
 * The outcome of mirroring a target, or of planning to.
 *
 * @param kind whether anything was written
 * @param exports what became of the exports beside the volumes
 * @param documents what became of Longhaul's own
 * @param took from the first call to the last
 * @param source calls of the source
 * @param destination calls of the destination
 */
public record MirrorReport(Kind kind, MirrorPlan plan, List<MirroredVolume> volumes, CopiedExports exports,
		CopiedDocuments documents, Duration took, Calls source, Calls destination) {

	public MirrorReport {
		volumes = List.copyOf(volumes);
	}

	/** Whether it is of something done or of something to do. */
	public enum Kind {

		PLAN, RUN

	}

	public long count(MirroredBackup.State state) {
		return volumes.stream().mapToLong(volume -> volume.count(state)).sum();
	}

	/** Blocks that were copied. */
	public Load copied() {
		return volumes.stream().map(MirroredVolume::copied).reduce(Load.NONE, Load::plus);
	}

	/**
	 * What is recorded in the source and not believed; a record of exports is read twice,
	 * and told once.
	 */
	public List<Refusal> refused() {
		Map<String, Refusal> refused = new LinkedHashMap<>();
		Stream.concat(documents.refused().stream(), exports.refused().stream())
			.forEach(refusal -> refused.putIfAbsent(refusal.subject(), refusal));
		return List.copyOf(refused.values());
	}

	/** Whether something in the source cannot be restored or believed. */
	public boolean hasDamage() {
		return !documents.refused().isEmpty() || exports.hasDamage()
				|| volumes.stream().anyMatch(MirroredVolume::hasDamage);
	}

	public boolean isIncomplete() {
		return volumes.stream().anyMatch(MirroredVolume::isIncomplete);
	}

	/**
	 * Damage means that everything else was copied; so what could not be copied for
	 * another reason comes first.
	 */
	public ExitStatus status() {
		if (isIncomplete()) {
			return ExitStatus.UNAVAILABLE;
		}
		return hasDamage() ? ExitStatus.DAMAGE : ExitStatus.PROVEN;
	}

}
