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
import dev.longhaul.core.run.Findings.Mirrored;
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
		boolean behind = held.night().scheduledFor().isBefore(newest.scheduledFor());
		Place place = behind ? behind(run.mirror(), held) : run.mirror();
		return place.copy(proof(run, readings, application, held));
	}

	/**
	 * The copies of one restore point, in each mirror where the last run that can tell
	 * found it whole. One that found a newer restore point cannot.
	 */
	static List<Copy> holding(List<Mirroring> mirrorings, Readings readings, ApplicationName application, Held point) {
		return mirrorings.stream()
			.filter(run -> run.of(application).filter(seen -> tellsOf(point, seen)).isPresent())
			.collect(Collectors.groupingBy(run -> run.mirror().name(), TreeMap::new,
					Collectors.maxBy(Comparator.comparing(Mirroring::finishedAt))))
			.values()
			.stream()
			.flatMap(Optional::stream)
			.filter(run -> run.of(application).map(Mirroring.Seen::newest).filter(point::equals).isPresent())
			.map(run -> run.mirror().copy(proof(run, readings, application, point)))
			.toList();
	}

	/** By the last run that saw each mirror, whether or not one has failed since. */
	static List<Mirrored> newest(List<Mirroring> mirrorings, Readings readings, ApplicationName application) {
		return mirrorings.stream()
			.filter(run -> run.of(application).isPresent())
			.collect(Collectors.groupingBy(run -> run.mirror().name(), TreeMap::new,
					Collectors.maxBy(Comparator.comparing(Mirroring::finishedAt))))
			.values()
			.stream()
			.flatMap(Optional::stream)
			.flatMap(run -> run.of(application)
				.map(Mirroring.Seen::newest)
				.map(held -> new Mirrored(run.mirror().name(), held, proof(run, readings, application, held)))
				.stream())
			.toList();
	}

	private static boolean tellsOf(Held point, Mirroring.Seen seen) {
		Held newest = seen.newest();
		return newest == null || !newest.night().scheduledFor().isAfter(point.night().scheduledFor());
	}

	private static Proof proof(Mirroring run, Readings readings, ApplicationName application, Held held) {
		Proof unread = new Proof.Unread("copied and checked on the way to %s at %s, not read back there"
			.formatted(run.mirror().name(), run.finishedAt()));
		return named(run.mirror(), readings.newest(run.mirror().name(), held, application, unread));
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
