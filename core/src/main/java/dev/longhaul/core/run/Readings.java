package dev.longhaul.core.run;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.Verification.Reading;
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

	private final List<Verification> verifications;

	Readings(List<Verification> verifications) {
		this.verifications = List.copyOf(verifications);
	}

	/**
	 * In the target that the night is recorded in.
	 * @param before what the night itself has shown of its restore point
	 */
	Proof newest(RecordedManifest manifest, ApplicationName application, Proof before) {
		return newest(null, manifest.night(), manifest.hash(), application, before);
	}

	/**
	 * In a mirror.
	 * @param before what is known without having read it there
	 */
	Proof newestAt(String mirror, Night night, String manifestHash, ApplicationName application, Proof before) {
		return newest(mirror, night, manifestHash, application, before);
	}

	private Proof newest(@Nullable String mirror, Night night, String manifestHash, ApplicationName application,
			Proof before) {
		if (before instanceof Proof.Refuted refuted && refuted.flaw() == Proof.Flaw.DATA) {
			return before;
		}
		Stream<Proof> answers = verifications.stream()
			.filter(verification -> Objects.equals(verification.mirror(), mirror))
			.flatMap(verification -> verification.readings().stream())
			.filter(reading -> reading.night().equals(night) && reading.application().equals(application)
					&& reading.manifestHash().equals(manifestHash))
			.map(Reading::proof);
		return Stream.concat(Stream.of(before), answers)
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

}
