package dev.longhaul.simulator.longhorn;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.inventory.Inventory;
import dev.longhaul.backupstore.inventory.VolumeFolder;
import dev.longhaul.core.digest.Sha256;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.BackupTarget;
import dev.longhaul.longhorn.crd.BackupTargetSpec;
import dev.longhaul.longhorn.crd.BackupTargetStatus;
import dev.longhaul.longhorn.crd.BackupVolume;
import dev.longhaul.longhorn.crd.BackupVolumeSpec;
import dev.longhaul.longhorn.crd.backuptargetstatus.Conditions;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Next;
import dev.longhaul.simulator.control.Reconciler;
import dev.longhaul.simulator.control.Stored;
import dev.longhaul.simulator.engine.Target;
import dev.longhaul.simulator.fault.Fault;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/**
 * Plays the backup target controller: looks now and then whether a target answers, and
 * makes an object for each volume it finds there.
 */
final class BackupTargetController implements Reconciler {

	private static final Duration DEFAULT_POLL = Duration.ofMinutes(5);

	private final LonghornParts parts;

	private final LonghornObjects objects;

	private final Admission admission;

	private final BackupPlaces places;

	private final SecureRandom random = new SecureRandom();

	private final Map<String, Instant> polled = new ConcurrentHashMap<>();

	BackupTargetController(LonghornParts parts) {
		this.parts = parts;
		this.objects = parts.objects();
		this.admission = new Admission(objects, parts.release());
		this.places = new BackupPlaces(parts);
	}

	@Override
	public Next reconcile(String name) {
		Optional<Stored<BackupTarget>> found = objects.find(BackupTarget.class, name);
		if (found.isEmpty()) {
			return Next.onChange();
		}
		if (found.get().isDeleting()) {
			objects.release(BackupTarget.class, found.get(), Words.FINALIZER);
			return Next.onChange();
		}
		if (!parts.release().hasSeveralTargets()) {
			followSettings(found.get());
		}
		Duration interval = Times.duration(found.get().view().getSpec().getPollInterval());
		pollIfDue(found.get(), interval);
		Stored<BackupTarget> target = admission.admitted(BackupTarget.class, found.get());
		BackupTargetStatus status = status(target);
		if (Admission.orElse(target.view().getSpec().getBackupTargetURL(), "").isEmpty()) {
			unset(target);
		}
		else if (Times.isRequested(target.view().getSpec().getSyncRequestedAt(), status.getLastSyncedAt())) {
			sync(target);
		}
		return interval.isZero() ? Next.onChange() : Next.after(interval);
	}

	/** Before 1.8 the settings are the truth, and the object follows them. */
	private void followSettings(Stored<BackupTarget> target) {
		LonghornSettings settings = parts.settings();
		BackupTargetSpec spec = target.view().getSpec();
		spec.setBackupTargetURL(settings.text("backup-target", ""));
		spec.setCredentialSecret(settings.text("backup-target-credential-secret", ""));
		spec.setPollInterval(
				settings.number("backupstore-poll-interval", Math.toIntExact(DEFAULT_POLL.toSeconds())) + "s");
	}

	private void pollIfDue(Stored<BackupTarget> target, Duration interval) {
		Instant now = parts.clock().instant();
		Instant last = polled.putIfAbsent(target.name(), now);
		if (last != null && !interval.isZero() && !now.isBefore(last.plus(interval))) {
			polled.put(target.name(), now);
			target.view()
				.getSpec()
				.setSyncRequestedAt(Times.requestAfter(status(target).getLastSyncedAt(), parts.clock()));
		}
	}

	private void unset(Stored<BackupTarget> target) {
		BackupTargetStatus status = status(target);
		status.setAvailable(false);
		status.setLastSyncedAt(null);
		status.setConditions(List.of(condition(status, Words.TRUE, "backup target URL is empty")));
		objects.writeStatus(BackupTarget.class, target);
	}

	private void sync(Stored<BackupTarget> target) {
		BackupTargetStatus status = status(target);
		List<VolumeFolder> volumes;
		try {
			Target open = parts.targets().open(target);
			requireAnswer(open);
			volumes = volumes(open);
		}
		catch (LonghaulException ex) {
			status.setAvailable(false);
			status.setConditions(List.of(condition(status, Words.TRUE, ex.fact())));
			objects.writeStatus(BackupTarget.class, target);
			return;
		}
		if (!Boolean.TRUE.equals(status.getAvailable())) {
			status.setAvailable(true);
			status.setConditions(List.of(condition(status, Words.FALSE, "")));
			objects.writeStatus(BackupTarget.class, target);
			return;
		}
		status.setLastSyncedAt(Times.doneAfter(target.view().getSpec().getSyncRequestedAt(), parts.clock()));
		objects.writeStatus(BackupTarget.class, target);
		mirror(target, volumes);
	}

	private void requireAnswer(Target target) {
		if (parts.faults()
			.strike(Fault.TargetUnavailable.class, fault -> fault.target().equals(target.name()))
			.isPresent()) {
			throw new TransientFailure(FailureCode.TARGET_UNREACHABLE,
					"failed to list objects of %s: dial tcp: i/o timeout".formatted(target.url()),
					"wait until it answers again");
		}
	}

	/** An empty bucket is a target without volumes. */
	private static List<VolumeFolder> volumes(Target target) {
		try {
			return new Inventory(target.store(), target.layout()).volumes();
		}
		catch (RefusedRequest ex) {
			if (ex.code() == FailureCode.NOT_A_BACKUPSTORE) {
				return List.of();
			}
			throw ex;
		}
	}

	private void mirror(Stored<BackupTarget> target, List<VolumeFolder> volumes) {
		Set<String> there = volumes.stream()
			.map(volume -> volume.volume().value())
			.collect(Collectors.toCollection(TreeSet::new));
		List<Stored<BackupVolume>> known = objects.list(BackupVolume.class)
			.stream()
			.filter(each -> isOf(each, target))
			.toList();
		known.stream().filter(each -> !each.isDeleting() && !there.contains(volumeName(each))).forEach(this::forget);
		Set<String> here = known.stream().map(this::volumeName).collect(Collectors.toSet());
		there.stream().filter(volume -> !here.contains(volume)).forEach(volume -> make(target, volume));
		known.stream().filter(each -> there.contains(volumeName(each))).forEach(places::requestSync);
	}

	private boolean isOf(Stored<BackupVolume> backupVolume, Stored<BackupTarget> target) {
		return !parts.release().hasSeveralTargets()
				|| target.name().equals(backupVolume.view().getSpec().getBackupTargetName());
	}

	private String volumeName(Stored<BackupVolume> backupVolume) {
		return parts.release().hasSeveralTargets() ? Admission.orElse(backupVolume.view().getSpec().getVolumeName(), "")
				: backupVolume.name();
	}

	/** What vanished from the target is not deleted there once more. */
	private void forget(Stored<BackupVolume> backupVolume) {
		Admission.label(backupVolume, Words.ONLY_RESOURCE_LABEL, "");
		objects.write(BackupVolume.class, backupVolume);
		objects.delete(BackupVolume.class, backupVolume.name());
	}

	private void make(Stored<BackupTarget> target, String volume) {
		create(target, volume, nameOf(target.name(), volume));
		VolumeName name = new VolumeName(volume);
		parts.faults()
			.strike(Fault.DuplicateBackupVolume.class, fault -> fault.volume().equals(name))
			.ifPresent(fault -> create(target, volume, volume + "-" + randomSuffix()));
	}

	private void create(Stored<BackupTarget> target, String volume, String name) {
		BackupVolume backupVolume = new BackupVolume();
		backupVolume.setMetadata(new ObjectMetaBuilder().withName(name).withFinalizers(Words.FINALIZER).build());
		BackupVolumeSpec spec = new BackupVolumeSpec();
		if (parts.release().hasSeveralTargets()) {
			spec.setBackupTargetName(target.name());
			spec.setVolumeName(volume);
			backupVolume.getMetadata()
				.setLabels(Map.of(Words.BACKUP_TARGET_LABEL, target.name(), Words.BACKUP_VOLUME_LABEL, volume));
			backupVolume.getMetadata().setOwnerReferences(List.of(Admission.reference(target)));
		}
		backupVolume.setSpec(spec);
		objects.createOnce(BackupVolume.class, backupVolume);
	}

	/** Each generation of Longhorn names them another way. */
	private String nameOf(String target, String volume) {
		if (!parts.release().hasSeveralTargets()) {
			return volume;
		}
		return volume + "-" + (parts.release().isAtLeast(1, 9, 1) ? shortHash(volume + "-" + target) : randomSuffix());
	}

	private String randomSuffix() {
		return HexFormat.of().toHexDigits(random.nextInt());
	}

	static String shortHash(String text) {
		return Sha256.of(text).substring(0, 8);
	}

	private Conditions condition(BackupTargetStatus status, String value, String message) {
		Conditions condition = new Conditions();
		condition.setType("Unavailable");
		condition.setStatus(value);
		condition.setReason("Unavailable");
		condition.setMessage(message);
		condition.setLastProbeTime("");
		boolean same = status.getConditions() != null
				&& status.getConditions().stream().anyMatch(before -> value.equals(before.getStatus()));
		condition.setLastTransitionTime(same ? status.getConditions().get(0).getLastTransitionTime() : parts.now());
		return condition;
	}

	private static BackupTargetStatus status(Stored<BackupTarget> target) {
		if (target.view().getStatus() == null) {
			target.view().setStatus(new BackupTargetStatus());
		}
		return target.view().getStatus();
	}

}
