package dev.longhaul.core.run;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.run.Recorded.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Finds nights whose manifest is an older version of the one that was there: the next
 * night has written down what it saw. A night that was finished after its successor is
 * newer than what the successor saw, and believed.
 */
public final class Replays {

	private Replays() {
	}

	/**
	 * A manifest as one of the succession of its job.
	 *
	 * @param hash SHA-256 of its bytes in the bucket, in hexadecimal
	 * @param before what it saw of the night before; null for a first night
	 */
	public record Link(Night night, String hash, Instant writtenAt, @Nullable RunBefore before) {

		static Link of(RecordedManifest recorded) {
			RunManifest manifest = recorded.manifest();
			return new Link(manifest.night(), recorded.hash(), manifest.writtenAt(), manifest.before());
		}

	}

	/**
	 * The nights that are not to be believed, with why.
	 * @param manifests of any jobs, in the order of their keys; each night once
	 */
	public static Map<Night, Refusal> among(List<Link> manifests) {
		Map<Night, Link> successors = new HashMap<>();
		for (Link manifest : manifests) {
			RunBefore before = manifest.before();
			if (before != null) {
				successors.put(new Night(manifest.night().job(), before.scheduledFor()), manifest);
			}
		}
		Map<Night, Refusal> replays = new LinkedHashMap<>();
		for (Link manifest : manifests) {
			Link successor = successors.get(manifest.night());
			if (successor != null && contradicts(successor, manifest)) {
				replays.put(manifest.night(), new Refusal(manifest.night().toString(),
						"its manifest is not the one that %s saw, and not a later one: an older one was put back"
							.formatted(successor.night())));
			}
		}
		return replays;
	}

	private static boolean contradicts(Link successor, Link found) {
		RunBefore seen = successor.before();
		return seen != null && !seen.hash().equals(found.hash()) && !found.writtenAt().isAfter(successor.writtenAt());
	}

}
