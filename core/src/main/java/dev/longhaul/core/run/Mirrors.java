package dev.longhaul.core.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.Mirroring.Held;
import dev.longhaul.core.verdict.Copy;
import dev.longhaul.core.verdict.Doubt;
import dev.longhaul.core.verdict.Place;
import dev.longhaul.core.verdict.Proof;

/**
 * What is known of the mirrors of an application: copies, and doubts where the last run
 * failed or is long ago.
 */
final class Mirrors {

	/**
	 * How long what was seen of a mirror counts, against the newest night: one that is
	 * filled once a month stays known, one that was given up does not.
	 */
	private static final Duration REMEMBERED = Duration.ofDays(35);

	private final Readings readings;

	private final List<Copy> copies = new ArrayList<>();

	private final List<Doubt> doubts = new ArrayList<>();

	/**
	 * @param newest the newest night of the application
	 */
	Mirrors(List<Mirroring> mirrorings, Readings readings, ApplicationName application, Night newest) {
		this.readings = readings;
		mirrorings.stream()
			.collect(Collectors.groupingBy(mirroring -> mirroring.mirror().name(), TreeMap::new, Collectors.toList()))
			.values()
			.forEach(runs -> add(runs, application, newest));
	}

	List<Copy> copies() {
		return copies;
	}

	List<Doubt> doubts() {
		return doubts;
	}

	private void add(List<Mirroring> runs, ApplicationName application, Night newest) {
		Optional<Mirroring> seen = last(runs.stream().filter(run -> run.of(application).isPresent()));
		Optional<Mirroring> failed = last(runs.stream().filter(run -> run.failure() != null))
			.filter(failure -> seen.isEmpty() || failure.finishedAt().isAfter(seen.get().finishedAt()));
		Instant oldest = newest.scheduledFor().minus(REMEMBERED);
		if (failed.isPresent()) {
			doubts.add(new Doubt(failed.get().mirror(),
					"%s failed: %s".formatted(failed.get().run(), failed.get().failure())));
		}
		else if (seen.isPresent() && seen.get().finishedAt().isBefore(oldest)) {
			doubts.add(new Doubt(seen.get().mirror(),
					"nobody has looked at it since %s".formatted(seen.get().finishedAt())));
		}
		else {
			seen.ifPresent(run -> run.of(application)
				.map(Mirroring.Seen::newest)
				.ifPresent(held -> copies.add(copy(run, application, held, newest))));
		}
	}

	private Copy copy(Mirroring run, ApplicationName application, Held held, Night newest) {
		Proof unread = new Proof.Unread("copied and checked on the way to %s at %s, not read back there"
			.formatted(run.mirror().name(), run.finishedAt()));
		Proof proof = named(run.mirror(),
				readings.newestAt(run.mirror().name(), held.night(), held.manifestHash(), application, unread));
		boolean behind = held.night().scheduledFor().isBefore(newest.scheduledFor());
		return behind ? behind(run.mirror(), held).copy(proof) : run.mirror().copy(proof);
	}

	/** A finding names a key, which may be that of another copy. */
	private static Proof named(Place mirror, Proof proof) {
		return (proof instanceof Proof.Refuted refuted)
				? new Proof.Refuted(refuted.at(), "in %s: %s".formatted(mirror.name(), refuted.finding())) : proof;
	}

	/** The place as people see it where a copy is not of the newest night. */
	private static Place behind(Place place, Held held) {
		return new Place("%s (behind: of %s)".formatted(place.name(), held.night()), place.medium(), place.site(),
				place.immutable(), place.immutabilityEvidence());
	}

	private static Optional<Mirroring> last(Stream<Mirroring> runs) {
		return runs.max(Comparator.comparing(Mirroring::finishedAt));
	}

}
