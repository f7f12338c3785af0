package dev.longhaul.core.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.Mirroring.Held;
import dev.longhaul.core.verdict.Proof;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was ever read back. Of a restore point the newest answer counts: a
 * refutation, although it was proven before, and a proof, once it is whole again. Of two
 * answers at the same instant, the worse. Not having read it answers nothing. Reading the
 * blocks once more says nothing about what was found in the application's data: they are
 * the same.
 */
final class Readings {

	private final Map<Subject, List<Proof>> answers = new HashMap<>();

	Readings(List<Verification> verifications) {
		verifications.forEach(verification -> verification.readings()
			.forEach(reading -> answers
				.computeIfAbsent(new Subject(verification.mirror(), new Held(reading.night(), reading.manifestHash()),
						reading.application()), subject -> new ArrayList<>())
				.add(reading.proof())));
	}

	/**
	 * @param mirror null for the target that the night is recorded in
	 * @param before what is known without these: what the night itself has shown of its
	 * restore point, or how it came to a mirror
	 */
	Proof newest(@Nullable String mirror, Held point, ApplicationName application, Proof before) {
		if (before instanceof Proof.Refuted refuted && refuted.flaw() == Proof.Flaw.DATA) {
			return before;
		}
		Stream<Proof> read = answers.getOrDefault(new Subject(mirror, point, application), List.of()).stream();
		return Stream.concat(Stream.of(before), read)
			.filter(proof -> at(proof).isPresent())
			.max(Comparator.comparing((Proof proof) -> at(proof).orElseThrow())
				.thenComparing(proof -> proof instanceof Proof.Refuted))
			.map(newest -> withChecksOf(before, newest))
			.orElse(before);
	}

	private static Proof withChecksOf(Proof before, Proof newest) {
		return (newest instanceof Proof.Proven blocks && before instanceof Proof.Proven checked)
				? new Proof.Proven(blocks.at(), blocks.blocks(), blocks.read(), checked.checks()) : newest;
	}

	/** When something was read; empty if it was not. */
	static Optional<Instant> at(Proof proof) {
		if (proof instanceof Proof.Proven proven) {
			return Optional.of(proven.at());
		}
		return (proof instanceof Proof.Refuted refuted) ? Optional.of(refuted.at()) : Optional.empty();
	}

	/** What a reading is about: one application's part of a night, in one place. */
	private record Subject(@Nullable String mirror, Held point, ApplicationName application) {
	}

}
