package dev.longhaul.restore.choice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.run.ApplicationRecord;
import dev.longhaul.core.run.ApplicationRecord.Point;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.restore.choice.ChosenPoint.PassedOver;
import dev.longhaul.restore.choice.Origin.Recorded;
import dev.longhaul.restore.choice.Restorability.Lost;
import dev.longhaul.restore.choice.Restorability.Restorable;

/**
 * Chooses among the restore points of an application that nights have recorded: the
 * newest that is proven, else the newest that nothing speaks against. One that was found
 * damaged is restored only if somebody asks for it.
 */
final class RecordedChoice {

	private final StoredBackups stored;

	private final Wanted wanted;

	RecordedChoice(StoredBackups stored, Wanted wanted) {
		this.stored = stored;
		this.wanted = wanted;
	}

	/** A restore point that can be restored, or the reason why none can. */
	sealed interface Outcome {

		record Found(ChosenPoint point) implements Outcome {
		}

		record None(String why) implements Outcome {
		}

	}

	Outcome of(ApplicationRecord application) {
		List<Candidate> candidates = application.points()
			.stream()
			.filter(point -> wanted.reaches(point.restorePoint().takenAt()))
			.filter(point -> wanted.night() == null || wanted.night().equals(point.night()))
			.map(this::candidate)
			.toList();
		return (wanted.night() != null) ? asked(candidates, wanted.night()) : best(candidates);
	}

	private Outcome asked(List<Candidate> candidates, Night night) {
		if (candidates.isEmpty()) {
			return new Outcome.None("it has no restore point of %s".formatted(night));
		}
		Candidate candidate = candidates.get(0);
		return candidate.isWhole() ? found(candidate, candidates, "asked for")
				: new Outcome.None(candidate.trouble().orElseThrow());
	}

	private Outcome best(List<Candidate> candidates) {
		if (candidates.isEmpty()) {
			return new Outcome.None((wanted.asOf() != null)
					? "it has no restore point up to %s".formatted(wanted.asOf()) : "it has no restore point");
		}
		Optional<Candidate> proven = first(candidates, Candidate::isProven);
		if (proven.isPresent()) {
			return found(proven.get(), candidates, "newest proven");
		}
		return first(candidates, candidate -> candidate.proof() instanceof Proof.Unread)
			.map(candidate -> found(candidate, candidates, "newest; none is proven"))
			.orElseGet(() -> none(candidates));
	}

	private static Optional<Candidate> first(List<Candidate> candidates, Predicate<Candidate> condition) {
		return candidates.stream().filter(Candidate::isWhole).filter(condition).findFirst();
	}

	private static Outcome found(Candidate chosen, List<Candidate> candidates, String reason) {
		List<PassedOver> newer = candidates.subList(0, candidates.indexOf(chosen))
			.stream()
			.map(candidate -> new PassedOver(candidate.takenAt(), candidate.trouble().orElseThrow()))
			.toList();
		Point point = chosen.point();
		return new Outcome.Found(new ChosenPoint(point.restorePoint().application(), new Recorded(point.night()),
				point.restorePoint().declared(), point.proof(), chosen.volumes(), point.exports(), reason, newer));
	}

	private static Outcome none(List<Candidate> candidates) {
		String newest = candidates.get(0).trouble().orElseThrow();
		String why = (candidates.size() == 1) ? newest
				: "none of its %d restore points can be used; of the newest: %s".formatted(candidates.size(), newest);
		return new Outcome.None(first(candidates, candidate -> true)
			.map(damaged -> "%s; --restore-point %s restores one all the same".formatted(why,
					damaged.point().night().id()))
			.orElse(why));
	}

	private Candidate candidate(Point point) {
		List<RestorableVolume> volumes = new ArrayList<>();
		List<String> lost = new ArrayList<>();
		for (VolumeBackup backup : point.restorePoint().backups()) {
			Restorability answer = stored.find(backup);
			if (answer instanceof Restorable restorable) {
				volumes.add(restorable.volume());
			}
			else if (answer instanceof Lost reason) {
				lost.add(reason.why());
			}
		}
		return new Candidate(point, volumes, lost);
	}

	/**
	 * A restore point as it is in the bucket now.
	 *
	 * @param lost why some of it cannot be restored; empty if all can
	 */
	private record Candidate(Point point, List<RestorableVolume> volumes, List<String> lost) {

		boolean isWhole() {
			return lost.isEmpty();
		}

		boolean isProven() {
			return proof() instanceof Proof.Proven;
		}

		Proof proof() {
			return point.proof();
		}

		Instant takenAt() {
			return point.restorePoint().takenAt();
		}

		/** What speaks against it; empty if nothing does. */
		Optional<String> trouble() {
			if (!isWhole()) {
				return Optional.of(String.join("; ", lost));
			}
			if (proof() instanceof Proof.Refuted refuted) {
				return Optional.of("it was found damaged: " + refuted.finding());
			}
			return (proof() instanceof Proof.Unread unread) ? Optional.of("it was never proven: " + unread.reason())
					: Optional.empty();
		}

	}

}
