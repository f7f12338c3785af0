package dev.longhaul.core.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.verdict.Place;
import org.jspecify.annotations.Nullable;

/**
 * What a run that copies to a mirror left there, or that it failed.
 *
 * @param run the run of the job that copied
 * @param mirror where to
 * @param failure why nobody knows what is there; null if it is known
 * @param seen each application that was looked at; none after a failure
 */
public record Mirroring(Night run, Instant finishedAt, Place mirror, @Nullable String failure, List<Seen> seen) {

	public Mirroring {
		seen = List.copyOf(seen);
		if (failure != null && !seen.isEmpty()) {
			throw new IllegalArgumentException("a run that failed has seen nothing that counts");
		}
		if (seen.stream().map(Seen::application).distinct().count() != seen.size()) {
			throw new IllegalArgumentException("an application is seen once in %s".formatted(run));
		}
	}

	/**
	 * @param newest the newest restore point that is whole there; null if none is
	 */
	public record Seen(ApplicationName application, @Nullable Held newest) {
	}

	/**
	 * A restore point all of whose backups are there. Its blocks were compared with their
	 * checksums on the way there, or held the name of their checksum already; that is not
	 * reading them back there.
	 *
	 * @param manifestHash SHA-256 of the night's manifest, in hexadecimal
	 */
	public record Held(Night night, String manifestHash) {
	}

	/** Empty if the application was not looked at. */
	public Optional<Seen> of(ApplicationName application) {
		return seen.stream().filter(one -> one.application().equals(application)).findFirst();
	}

}
