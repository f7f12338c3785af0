package dev.longhaul.core.run;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.Mirroring.Held;
import dev.longhaul.core.run.Rehearsal.Outcome;
import dev.longhaul.core.run.Rehearsal.Start;
import dev.longhaul.core.text.Spans;
import dev.longhaul.core.verdict.CheckResult;
import dev.longhaul.core.verdict.Proof;

/**
 * All starts that were ever rehearsed, of which the newest counts. A start is no proof by
 * itself: it tells something of what was read back.
 */
final class Starts {

	/** Of two at the same instant the worse; then any, but always the same. */
	private static final Comparator<Start> NEWEST = Comparator.comparing(Start::at)
		.thenComparing(Start::outcome)
		.thenComparing(Start::took)
		.thenComparing(start -> start.night().toString())
		.thenComparing(Start::manifestHash)
		.thenComparing(Start::evidence);

	private final List<Start> all;

	Starts(List<Rehearsal> rehearsals) {
		this.all = rehearsals.stream().flatMap(rehearsal -> rehearsal.starts().stream()).toList();
	}

	/** What is known of a restore point that was started itself. */
	Proof of(ApplicationName application, Held point, Proof proof) {
		return newest(start -> start.application().equals(application) && isOf(start, point))
			.map(start -> with(proof, point, start))
			.orElse(proof);
	}

	/**
	 * What is known of an application, of whatever restore point it was started last.
	 * @param proof of its newest restore point, which is {@code point}
	 */
	Proof ofApplication(ApplicationName application, Held point, Proof proof) {
		return newest(start -> start.application().equals(application)).map(start -> with(proof, point, start))
			.orElse(proof);
	}

	private Optional<Start> newest(Predicate<Start> wanted) {
		return all.stream().filter(wanted).max(NEWEST);
	}

	private static Proof with(Proof proof, Held point, Start start) {
		if (!(proof instanceof Proof.Proven proven)) {
			return proof;
		}
		List<CheckResult> checks = new ArrayList<>(proven.checks());
		if (start.outcome() == Outcome.CHECKED && isOf(start, point)) {
			// What could only be checked where it runs was.
			checks.removeIf(CheckResult.NotRun.class::isInstance);
		}
		checks.add(told(start, point));
		return new Proof.Proven(proven.at(), proven.blocks(), proven.read(), checks);
	}

	private static CheckResult told(Start start, Held point) {
		String when = "on %s".formatted(start.at().atZone(ZoneOffset.UTC).toLocalDate());
		String what = isOf(start, point) ? "" : ", of %s".formatted(start.night());
		return (start.outcome() == Outcome.FAILED)
				? new CheckResult.NotRun("that it starts",
						"the drill %s failed%s: %s".formatted(when, what, start.evidence()))
				: new CheckResult.Passed("started %s, in %s%s".formatted(when, Spans.of(start.took()), what),
						start.at());
	}

	private static boolean isOf(Start start, Held point) {
		return start.night().equals(point.night()) && start.manifestHash().equals(point.manifestHash());
	}

}
