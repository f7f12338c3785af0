package dev.longhaul.core.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.ApplicationRecord.Judged;
import dev.longhaul.core.run.Mirroring.Held;
import dev.longhaul.core.verdict.Copy;
import dev.longhaul.core.verdict.Place;
import dev.longhaul.core.verdict.Proof;
import org.jspecify.annotations.Nullable;

/**
 * What was found out after the nights, and what a night is worth by it. What is about
 * other applications changes nothing of the answers about one.
 */
public final class Findings {

	private final Readings readings;

	private final List<Mirroring> mirrorings;

	private final Starts starts;

	public Findings(List<Verification> verifications, List<Mirroring> mirrorings, List<Rehearsal> rehearsals) {
		this.readings = new Readings(verifications);
		this.mirrorings = List.copyOf(mirrorings);
		this.starts = new Starts(rehearsals);
	}

	/**
	 * What is known now of a restore point in the target that its night is recorded in.
	 * @param tonight what the night itself has shown of it
	 */
	public Proof proof(ApplicationName application, Held point, Proof tonight) {
		return starts.of(application, point, readings.newest(null, point, application, tonight));
	}

	/** A night without a restore point stays one. */
	public Judged judge(JudgedNight night) {
		Places places = night.places();
		if (places == null) {
			return new Judged(night.tonight().verdict(), night.judgedAt());
		}
		Proof newest = starts.ofApplication(night.application(), night.point(),
				readings.newest(null, night.point(), night.application(), night.tonight().tonight()));
		Mirrors mirrors = new Mirrors(mirrorings, readings, night.application(), night.point().night());
		List<Copy> backups = new ArrayList<>();
		if (night.isBackedUp()) {
			backups.add(places.target().copy(newest));
		}
		backups.addAll(mirrors.copies());
		Instant at = Stream.concat(Stream.of(newest), mirrors.copies().stream().map(Copy::proof))
			.flatMap(proof -> Readings.at(proof).stream())
			.reduce(night.judgedAt(), Findings::later);
		return new Judged(places.judge(night.application(), backups, mirrors.doubts()), at);
	}

	/**
	 * Where a restore point is known to be besides the live volumes. A mirror is asked
	 * for its newest restore point only, so an older one may be in more places.
	 * @param target null if its night does not say where its backups are
	 */
	public List<Copy> copies(ApplicationName application, Held point, @Nullable Place target, Proof tonight) {
		List<Copy> copies = new ArrayList<>();
		if (target != null) {
			copies.add(target.copy(proof(application, point, tonight)));
		}
		copies.addAll(Mirrors.holding(mirrorings, readings, application, point));
		return copies;
	}

	/**
	 * The newest restore point in a mirror.
	 *
	 * @param mirror its name
	 * @param proof what reading it back there has shown
	 */
	public record Mirrored(String mirror, Held point, Proof proof) {
	}

	/** What each mirror was last seen to hold of an application, if anything. */
	public List<Mirrored> mirrored(ApplicationName application) {
		return Mirrors.newest(mirrorings, readings, application);
	}

	private static Instant later(Instant one, Instant other) {
		return other.isAfter(one) ? other : one;
	}

}
