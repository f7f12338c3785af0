package dev.longhaul.core.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.ApplicationRecord.Judged;
import dev.longhaul.core.run.RunProof.ApplicationProof;
import dev.longhaul.core.verdict.Copy;
import dev.longhaul.core.verdict.Proof;

/**
 * A night that was judged, in so far as it is about one application.
 */
record JudgedNight(RecordedManifest manifest, RunProof proof, ApplicationProof tonight) {

	/** None for a night that was never judged. */
	static Stream<JudgedNight> of(RecordedRun run) {
		return Optional.ofNullable(run.proof())
			.stream()
			.flatMap(proof -> proof.applications()
				.stream()
				.map(application -> new JudgedNight(run.manifest(), proof, application)));
	}

	ApplicationName application() {
		return tonight.application();
	}

	static JudgedNight later(JudgedNight one, JudgedNight other) {
		return other.proof.judgedAt().isAfter(one.proof.judgedAt()) ? other : one;
	}

	/** By what is known now. A night without a restore point stays one. */
	Judged judge(Readings readings, List<Mirroring> mirrorings) {
		Places places = proof.places();
		if (places == null) {
			return new Judged(tonight.verdict(), proof.judgedAt());
		}
		Proof newest = readings.newest(manifest, application(), tonight.tonight());
		Mirrors mirrors = new Mirrors(mirrorings, readings, application(), manifest.night());
		List<Copy> backups = new ArrayList<>();
		if (isBackedUp()) {
			backups.add(places.target().copy(newest));
		}
		backups.addAll(mirrors.copies());
		Instant at = Stream.concat(Stream.of(newest), mirrors.copies().stream().map(Copy::proof))
			.flatMap(proof -> Readings.at(proof).stream())
			.reduce(proof.judgedAt(), JudgedNight::later);
		return new Judged(places.judge(application(), backups, mirrors.doubts()), at);
	}

	private static Instant later(Instant one, Instant other) {
		return other.isAfter(one) ? other : one;
	}

	private boolean isBackedUp() {
		return tonight.newestProven() != null || manifest.manifest()
			.restorePoints()
			.stream()
			.anyMatch(point -> point.application().equals(application()));
	}

}
