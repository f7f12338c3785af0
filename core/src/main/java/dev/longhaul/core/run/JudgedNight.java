package dev.longhaul.core.run;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.Mirroring.Held;
import dev.longhaul.core.run.RunProof.ApplicationProof;
import org.jspecify.annotations.Nullable;

/**
 * A night that was judged, in so far as it is about one application.
 *
 * @param point the restore point of the night, or the one it would have made
 * @param places where its data lies; null in a proof from before that was recorded
 * @param isBackedUp whether there is a restore point, of this night or proven before
 */
public record JudgedNight(Held point, Instant judgedAt, @Nullable Places places, ApplicationProof tonight,
		boolean isBackedUp) {

	/** None for a night that was never judged. */
	static Stream<JudgedNight> of(RecordedRun run) {
		return Optional.ofNullable(run.proof())
			.stream()
			.flatMap(proof -> proof.applications().stream().map(tonight -> of(run, proof, tonight)));
	}

	private static JudgedNight of(RecordedRun run, RunProof proof, ApplicationProof tonight) {
		boolean isBackedUp = tonight.newestProven() != null || run.manifest()
			.manifest()
			.restorePoints()
			.stream()
			.anyMatch(point -> point.application().equals(tonight.application()));
		return new JudgedNight(new Held(run.night(), run.manifest().hash()), proof.judgedAt(), proof.places(), tonight,
				isBackedUp);
	}

	public ApplicationName application() {
		return tonight.application();
	}

	/** The one that was judged later; of two at the same instant the first. */
	public static JudgedNight later(JudgedNight one, JudgedNight other) {
		return other.judgedAt.isAfter(one.judgedAt) ? other : one;
	}

}
