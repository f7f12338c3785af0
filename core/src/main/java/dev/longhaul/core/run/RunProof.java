package dev.longhaul.core.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What one night is worth: written beside its {@link RunManifest} once everything in it
 * was read back.
 *
 * @param manifestHash SHA-256 of the manifest that was judged, in hexadecimal
 * @param places where its data lies; null in a proof from before that was recorded
 * @param applications every application of the night, also those that failed, in the
 * order of the configuration
 */
public record RunProof(Night night, String manifestHash, Instant judgedAt, @Nullable Places places,
		List<ApplicationProof> applications) {

	/** What is known of a restore point whose night was never judged. */
	public static final Proof NEVER_JUDGED = new Proof.Unread("the night was never judged");

	public RunProof {
		applications = List.copyOf(applications);
		if (applications.stream().map(ApplicationProof::application).distinct().count() != applications.size()) {
			throw new IllegalArgumentException("an application is judged once in %s".formatted(night));
		}
	}

	public Optional<ApplicationProof> of(ApplicationName application) {
		return applications.stream().filter(proof -> proof.application().equals(application)).findFirst();
	}

	/**
	 * @param tonight what reading back tonight's restore point showed; not read if there
	 * is none
	 * @param newestProven the time of the data of the newest restore point that was
	 * proven, tonight's or an older one's; null if none is known
	 */
	public record ApplicationProof(Verdict verdict, Proof tonight, @Nullable Instant newestProven) {

		public ApplicationName application() {
			return verdict.application();
		}

	}

}
