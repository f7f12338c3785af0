package dev.longhaul.batch.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import dev.longhaul.core.application.Application;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.Robustness;
import dev.longhaul.core.volume.Volume;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.core.volume.VolumeState;

/**
 * Whether an application's volumes can be backed up tonight. Pure, but for the question
 * when a volume was last backed up, which is asked only of volumes that are fit
 * otherwise.
 */
final class VolumeChecks {

	private final NightOrder order;

	private final Function<VolumeName, Optional<Instant>> lastBackupAt;

	/**
	 * @param lastBackupAt when the newest backup of a volume in the bucket began; empty
	 * if there is none
	 */
	VolumeChecks(NightOrder order, Function<VolumeName, Optional<Instant>> lastBackupAt) {
		this.order = order;
		this.lastBackupAt = lastBackupAt;
	}

	/**
	 * @param all every volume of the cluster
	 */
	Fitness examine(Application application, List<Volume> all) {
		List<ClaimedVolume> volumes = new ArrayList<>();
		List<String> refusals = new ArrayList<>();
		List<String> warnings = new ArrayList<>();
		for (ClaimRef claim : application.claims()) {
			List<Volume> candidates = all.stream().filter(volume -> claim.equals(volume.claim())).toList();
			if (candidates.size() == 1) {
				volumes.add(new ClaimedVolume(claim, candidates.get(0)));
				refusal(claim, candidates.get(0)).ifPresent(refusals::add);
				warning(claim, candidates.get(0)).ifPresent(warnings::add);
			}
			else {
				refusals.add(unresolved(claim, candidates));
			}
		}
		return refusals.isEmpty() ? new Fit(volumes, warnings) : new Unfit(String.join("; ", refusals));
	}

	private static String unresolved(ClaimRef claim, List<Volume> candidates) {
		if (candidates.isEmpty()) {
			return "claim '%s' has no Longhorn volume".formatted(claim);
		}
		return "claim '%s' has %d Longhorn volumes: %s".formatted(claim, candidates.size(),
				candidates.stream().map(volume -> volume.name().value()).toList());
	}

	private Optional<String> refusal(ClaimRef claim, Volume volume) {
		String subject = "volume '%s' of claim '%s' ".formatted(volume.name(), claim);
		if (volume.state() == VolumeState.DELETING) {
			return Optional.of(subject + "is being deleted");
		}
		if (volume.robustness() == Robustness.FAULTED) {
			return Optional.of(subject + "is faulted: none of its replicas is usable");
		}
		if (volume.restoring()) {
			return Optional.of(subject + "is still being restored from a backup");
		}
		if (!volume.backupTargetName().equals(order.target().name())) {
			return Optional.of(subject + "backs up to target '%s', this night goes to '%s'"
				.formatted(volume.backupTargetName(), order.target().name()));
		}
		return recreated(claim, volume).map(fact -> subject + fact);
	}

	/**
	 * A volume that was created anew under an old name, empty, would back up over the
	 * good history of that name.
	 */
	private Optional<String> recreated(ClaimRef claim, Volume volume) {
		if (order.guard().accepted().recreated().contains(claim)) {
			return Optional.empty();
		}
		return lastBackupAt.apply(volume.name())
			.filter(at -> volume.createdAt().isAfter(at))
			.map(at -> "was created at %s, after its newest backup of %s: it may be an empty one under an old name"
				.formatted(volume.createdAt(), at));
	}

	private static Optional<String> warning(ClaimRef claim, Volume volume) {
		return (volume.robustness() == Robustness.DEGRADED)
				? Optional.of("volume '%s' of claim '%s' is degraded: it has fewer replicas than the %d it should have"
					.formatted(volume.name(), claim, volume.replicas()))
				: Optional.empty();
	}

	/** A claim and the volume behind it. */
	record ClaimedVolume(ClaimRef claim, Volume volume) {
	}

	/** The answer. */
	sealed interface Fitness {

	}

	/** In the order of the application's claims. */
	record Fit(List<ClaimedVolume> volumes, List<String> warnings) implements Fitness {
	}

	/**
	 * @param reason everything that stands against it
	 */
	record Unfit(String reason) implements Fitness {
	}

}
