package dev.longhaul.core.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.ApplicationRecord.Point;
import dev.longhaul.core.run.Mirroring.Held;
import dev.longhaul.core.verdict.Proof;

/**
 * All nights that a bucket tells of, what was found out about them later, and what in it
 * is not believed.
 */
public record Recorded(List<RecordedRun> runs, List<Verification> verifications, List<Mirroring> mirrorings,
		List<Rehearsal> rehearsals, List<Refusal> refusals) {

	public Recorded {
		runs = List.copyOf(runs);
		verifications = List.copyOf(verifications);
		mirrorings = List.copyOf(mirrorings);
		rehearsals = List.copyOf(rehearsals);
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
	 * Without the nights whose manifest is an older version of the one that was there.
	 */
	public Recorded withoutReplays() {
		Map<Night, Refusal> replays = Replays.among(runs.stream().map(run -> Replays.Link.of(run.manifest())).toList());
		List<RecordedRun> believed = runs.stream().filter(run -> !replays.containsKey(run.night())).toList();
		List<Refusal> all = new ArrayList<>(refusals);
		all.addAll(replays.values());
		return new Recorded(believed, verifications, mirrorings, rehearsals, all);
	}

	/**
	 * What is recorded of each application, by name. Verdicts are reached over everything
	 * that is recorded, also by what came after the night.
	 */
	public List<ApplicationRecord> applications() {
		Findings findings = new Findings(verifications, mirrorings, rehearsals);
		Map<ApplicationName, List<Point>> points = new TreeMap<>();
		Map<ApplicationName, JudgedNight> judged = new TreeMap<>();
		for (RecordedRun run : runs) {
			run.manifest()
				.manifest()
				.restorePoints()
				.forEach(
						point -> points.computeIfAbsent(point.application(), name -> new ArrayList<>())
							.add(new Point(run.night(), point, findings.proof(point.application(),
									new Held(run.night(), run.manifest().hash()), proofOf(run, point.application())),
									exportsOf(run, point.application()))));
			JudgedNight.of(run).forEach(night -> judged.merge(night.application(), night, JudgedNight::later));
		}
		return Stream.concat(points.keySet().stream(), judged.keySet().stream())
			.distinct()
			.sorted()
			.map(name -> new ApplicationRecord(name, newestFirst(points.getOrDefault(name, List.of())),
					Optional.ofNullable(judged.get(name)).map(findings::judge).orElse(null)))
			.toList();
	}

	private static Proof proofOf(RecordedRun run, ApplicationName application) {
		return Optional.ofNullable(run.proof())
			.flatMap(proof -> proof.of(application))
			.map(RunProof.ApplicationProof::tonight)
			.orElse(RunProof.NEVER_JUDGED);
	}

	private static List<StoredExport> exportsOf(RecordedRun run, ApplicationName application) {
		return Optional.ofNullable(run.exports()).map(exports -> exports.of(application).kept()).orElse(List.of());
	}

	private static List<Point> newestFirst(List<Point> points) {
		return points.stream()
			.sorted(Comparator.comparing((Point point) -> point.restorePoint().takenAt()).reversed())
			.toList();
	}

}
