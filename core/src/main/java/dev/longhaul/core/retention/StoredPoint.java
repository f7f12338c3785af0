package dev.longhaul.core.retention;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.retention.Condition.Complete;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.verdict.Proof.Proven;
import dev.longhaul.core.verdict.Proof.Refuted;
import org.jspecify.annotations.Nullable;

/**
 * A restore point as it lies on one target.
 *
 * @param night the run that made it: its identity among those of an application
 * @param restorePoint what was found of it, if it is unfinished; what was recorded of it,
 * if it is gone
 * @param pin null if nobody pinned it
 * @param uses empty if nobody reads it
 * @param exports what lies beside its backups as it was recorded
 */
public record StoredPoint(Night night, RestorePoint restorePoint, Condition condition, @Nullable Pin pin,
		List<Use> uses, List<StoredExport> exports) {

	/** By the time of the data; what remains equal is told apart by its night. */
	static final Comparator<StoredPoint> NEWEST_FIRST = Comparator.comparing(StoredPoint::takenAt)
		.thenComparing(point -> point.night().scheduledFor())
		.reversed()
		.thenComparing(point -> point.night().job().value());

	public StoredPoint {
		uses = List.copyOf(uses);
		exports = List.copyOf(exports);
	}

	/** One beside which nothing was exported. */
	public StoredPoint(Night night, RestorePoint restorePoint, Condition condition, @Nullable Pin pin, List<Use> uses) {
		this(night, restorePoint, condition, pin, uses, List.of());
	}

	/** Those that are there. */
	public List<VolumeBackup> backups() {
		return (condition instanceof Condition.Gone) ? List.of() : restorePoint.backups();
	}

	/** The time of its data. */
	public Instant takenAt() {
		return restorePoint.takenAt();
	}

	boolean isComplete() {
		return condition instanceof Complete;
	}

	boolean isProven() {
		return condition instanceof Complete complete && complete.proof() instanceof Proven;
	}

	boolean isRefuted() {
		return condition instanceof Complete complete && complete.proof() instanceof Refuted;
	}

}
