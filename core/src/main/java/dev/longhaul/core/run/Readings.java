package dev.longhaul.core.run;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.Verification.Reading;
import dev.longhaul.core.verdict.Proof;

/**
 * Everything that was ever read back. Of a restore point the newest answer counts: a
 * refutation, although it was proven before, and a proof, once it is whole again. Of two
 * answers at the same instant, the worse. Not having read it answers nothing.
 */
final class Readings {

	private final List<Reading> readings;

	Readings(Collection<Verification> verifications) {
		this.readings = verifications.stream().flatMap(verification -> verification.readings().stream()).toList();
	}

	/**
	 * @param before what the night itself has shown of its restore point
	 */
	Proof newest(RecordedManifest manifest, ApplicationName application, Proof before) {
		Optional<Proof> newest = Stream.concat(Stream.of(before), answers(manifest, application))
			.filter(proof -> at(proof).isPresent())
			.max(Comparator.comparing((Proof proof) -> at(proof).orElseThrow())
				.thenComparing(proof -> proof instanceof Proof.Refuted));
		return newest.orElse(before);
	}

	private Stream<Proof> answers(RecordedManifest manifest, ApplicationName application) {
		return readings.stream()
			.filter(reading -> reading.night().equals(manifest.night()))
			.filter(reading -> reading.application().equals(application))
			.filter(reading -> reading.manifestHash().equals(manifest.hash()))
			.map(Reading::proof);
	}

	/** When something was read; empty if it was not. */
	static Optional<Instant> at(Proof proof) {
		if (proof instanceof Proof.Proven proven) {
			return Optional.of(proven.at());
		}
		return (proof instanceof Proof.Refuted refuted) ? Optional.of(refuted.at()) : Optional.empty();
	}

}
