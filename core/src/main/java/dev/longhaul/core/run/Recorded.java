package dev.longhaul.core.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.ApplicationRecord.Point;
import dev.longhaul.core.verdict.Proof;

/**
 * All nights that a bucket tells of, what was found out about them later, and what in it
 * is not believed.
 */
public record Recorded(List<RecordedRun> runs, List<Verification> verifications, List<Mirroring> mirrorings,
		List<Refusal> refusals) {

	public Recorded {
		runs = List.copyOf(runs);
		verifications = List.copyOf(verifications);
		mirrorings = List.copyOf(mirrorings);
		refusals = List.copyOf(refusals);
	}

	/**
	 * A document that proves nothing.
	 *
	 * @param subject its key, or the night it is about
	 */
	public record Refusal(String subject, String reason) {
	}

	/**
	 * Without the nights whose manifest is an older version of the one that was there:
	 * the next night has written down what it saw. A night that was finished after its
	 * successor is newer than what the successor saw, and believed.
	 */
	public Recorded withoutReplays() {
		Map<Night, RecordedManifest> successors = new HashMap<>();
		for (RecordedRun run : runs) {
			RunBefore before = run.manifest().manifest().before();
			if (before != null) {
				successors.put(new Night(run.night().job(), before.scheduledFor()), run.manifest());
			}
		}
		List<RecordedRun> believed = new ArrayList<>();
		List<Refusal> all = new ArrayList<>(refusals);
		for (RecordedRun run : runs) {
			Optional<RecordedManifest> witness = Optional.ofNullable(successors.get(run.night()))
				.filter(successor -> contradicts(successor, run.manifest()));
			witness.ifPresent(successor -> all.add(new Refusal(run.night().toString(),
					"its manifest is not the one that %s saw, and not a later one: an older one was put back"
						.formatted(successor.night()))));
			if (witness.isEmpty()) {
				believed.add(run);
			}
		}
		return new Recorded(believed, verifications, mirrorings, all);
	}

	/**
	 * What is recorded of each application, by name. Verdicts are reached over everything
	 * that is recorded, also by what came after the night.
	 */
	public List<ApplicationRecord> applications() {
		Readings readings = new Readings(verifications);
		Map<ApplicationName, List<Point>> points = new TreeMap<>();
		Map<ApplicationName, JudgedNight> judged = new TreeMap<>();
		for (RecordedRun run : runs) {
			run.manifest()
				.manifest()
				.restorePoints()
				.forEach(point -> points.computeIfAbsent(point.application(), name -> new ArrayList<>())
					.add(new Point(run.night(), point,
							readings.newest(run.manifest(), point.application(), proofOf(run, point.application())),
							exportsOf(run, point.application()))));
			JudgedNight.of(run).forEach(night -> judged.merge(night.application(), night, JudgedNight::later));
		}
		return Stream.concat(points.keySet().stream(), judged.keySet().stream())
			.distinct()
			.sorted()
			.map(name -> new ApplicationRecord(name, newestFirst(points.getOrDefault(name, List.of())),
					Optional.ofNullable(judged.get(name)).map(night -> night.judge(readings, mirrorings)).orElse(null)))
			.toList();
	}

	private static Proof proofOf(RecordedRun run, ApplicationName application) {
		return Optional.ofNullable(run.proof())
			.flatMap(proof -> proof.of(application))
			.map(RunProof.ApplicationProof::tonight)
			.orElseGet(() -> new Proof.Unread("the night was never judged"));
	}

	private static List<StoredExport> exportsOf(RecordedRun run, ApplicationName application) {
		return Optional.ofNullable(run.exports()).map(exports -> exports.of(application).kept()).orElse(List.of());
	}

	private static List<Point> newestFirst(List<Point> points) {
		return points.stream()
			.sorted(Comparator.comparing((Point point) -> point.restorePoint().takenAt()).reversed())
			.toList();
	}

	private static boolean contradicts(RecordedManifest successor, RecordedManifest found) {
		RunBefore seen = successor.manifest().before();
		return seen != null && !seen.hash().equals(found.hash())
				&& !found.manifest().writtenAt().isAfter(successor.manifest().writtenAt());
	}

}
