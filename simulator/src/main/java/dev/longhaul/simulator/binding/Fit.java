package dev.longhaul.simulator.binding;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * Whether a PersistentVolume suits a claim.
 */
final class Fit {

	private static final String STORAGE = "storage";

	private static final String FILESYSTEM = "Filesystem";

	private Fit() {
	}

	/**
	 * Why a volume does not suit a claim that asks for it by name, in Kubernetes' words.
	 */
	static Optional<String> obstacle(PersistentVolume volume, PersistentVolumeClaim claim) {
		if (volume.getMetadata().getDeletionTimestamp() != null) {
			return Optional.of("the volume is marked for deletion \"%s\"".formatted(volume.getMetadata().getName()));
		}
		if (capacity(volume).compareTo(request(claim)) < 0) {
			return Optional.of("requested PV is too small");
		}
		if (!storageClass(volume).equals(storageClass(claim))) {
			return Optional.of("storageClassName does not match");
		}
		if (!sameMode(volume, claim)) {
			return Optional.of("incompatible volumeMode");
		}
		return hasAccessModes(volume, claim) ? Optional.empty() : Optional.of("incompatible accessMode");
	}

	/**
	 * Whether a volume may be taken for a claim that names none. One that is kept for the
	 * claim may be of another class.
	 */
	static boolean mayBeTaken(PersistentVolume volume, PersistentVolumeClaim claim) {
		boolean suits = volume.getMetadata().getDeletionTimestamp() == null && sameMode(volume, claim)
				&& capacity(volume).compareTo(request(claim)) >= 0 && hasAccessModes(volume, claim);
		return suits && (isKeptFor(volume, claim) || isFree(volume, claim));
	}

	private static boolean isFree(PersistentVolume volume, PersistentVolumeClaim claim) {
		return volume.getSpec().getClaimRef() == null && storageClass(volume).equals(storageClass(claim))
				&& claim.getSpec().getSelector() == null && Phases.AVAILABLE.equals(Phases.of(volume));
	}

	/** Whether the volume names the claim; without a uid it is any of that name. */
	static boolean isKeptFor(PersistentVolume volume, PersistentVolumeClaim claim) {
		ObjectReference kept = volume.getSpec().getClaimRef();
		return kept != null && claim.getMetadata().getName().equals(kept.getName())
				&& claim.getMetadata().getNamespace().equals(kept.getNamespace())
				&& (uid(kept).isEmpty() || uid(kept).equals(claim.getMetadata().getUid()));
	}

	static String uid(ObjectReference reference) {
		return Objects.requireNonNullElse(reference.getUid(), "");
	}

	static BigDecimal capacity(PersistentVolume volume) {
		return bytes(volume.getSpec().getCapacity());
	}

	private static BigDecimal request(PersistentVolumeClaim claim) {
		return (claim.getSpec().getResources() != null) ? bytes(claim.getSpec().getResources().getRequests())
				: BigDecimal.ZERO;
	}

	private static BigDecimal bytes(@Nullable Map<String, Quantity> amounts) {
		Quantity amount = (amounts != null) ? amounts.get(STORAGE) : null;
		return (amount != null) ? amount.getNumericalAmount() : BigDecimal.ZERO;
	}

	private static String storageClass(PersistentVolume volume) {
		return Objects.requireNonNullElse(volume.getSpec().getStorageClassName(), "");
	}

	static String storageClass(PersistentVolumeClaim claim) {
		return Objects.requireNonNullElse(claim.getSpec().getStorageClassName(), "");
	}

	private static boolean sameMode(PersistentVolume volume, PersistentVolumeClaim claim) {
		return Objects.requireNonNullElse(volume.getSpec().getVolumeMode(), FILESYSTEM)
			.equals(Objects.requireNonNullElse(claim.getSpec().getVolumeMode(), FILESYSTEM));
	}

	private static boolean hasAccessModes(PersistentVolume volume, PersistentVolumeClaim claim) {
		return new HashSet<>(volume.getSpec().getAccessModes()).containsAll(claim.getSpec().getAccessModes());
	}

}
