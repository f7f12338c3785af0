package dev.longhaul.restore.files;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.restore.choice.Absence;
import dev.longhaul.restore.choice.ChosenPoint;
import dev.longhaul.restore.files.VolumeOutcome.State;

/**
 * What came of restoring files.
 *
 * @param points that were chosen
 * @param volumes what became of each of theirs that was wanted
 * @param exports what became of each export beside them
 * @param missing what a whole restore would have, and this one has not
 * @param leftOut what is there and was not taken
 * @param older of applications that did not come out whole, the next restore points to
 * try
 * @param keepsOwners whether files have the owners they had
 */
public record FilesReport(Path directory, List<ChosenPoint> points, List<VolumeOutcome> volumes,
		List<ExportOutcome> exports, List<Absence> missing, List<Absence> leftOut, List<ChosenPoint> older,
		boolean keepsOwners) {

	public FilesReport {
		points = List.copyOf(points);
		volumes = List.copyOf(volumes);
		exports = List.copyOf(exports);
		missing = List.copyOf(missing);
		leftOut = List.copyOf(leftOut);
		older = List.copyOf(older);
	}

	/** Damage first, then what keeps the rest from being whole. */
	public ExitStatus status() {
		List<ExitStatus> failures = Stream
			.concat(volumes.stream().flatMap(volume -> Optional.ofNullable(volume.code()).stream()),
					exports.stream().flatMap(export -> Optional.ofNullable(export.code()).stream()))
			.map(FailureCode::exitStatus)
			.toList();
		boolean isDamaged = volumes.stream().anyMatch(volume -> volume.state() == State.DAMAGED);
		if (isDamaged || !missing.isEmpty() || failures.contains(ExitStatus.DAMAGE)) {
			return ExitStatus.DAMAGE;
		}
		if (!failures.isEmpty()) {
			return failures.get(0);
		}
		boolean isUnchecked = volumes.stream().anyMatch(volume -> volume.state() == State.UNCHECKED);
		return isUnchecked ? ExitStatus.UNAVAILABLE : ExitStatus.PROVEN;
	}

	/** The restore point that a volume is of. */
	public Optional<ChosenPoint> point(VolumeOutcome volume) {
		return points.stream().filter(point -> point.application().equals(volume.order().application())).findFirst();
	}

	/** The next older one to try, if there is one. */
	public Optional<ChosenPoint> older(ApplicationName application) {
		return older.stream().filter(point -> point.application().equals(application)).findFirst();
	}

}
