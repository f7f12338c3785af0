package dev.longhaul.simulator.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectPage;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.StoreFacts;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.simulator.fault.Fault;
import dev.longhaul.simulator.fault.Faults;

/**
 * A target as Longhorn's own driver uses it, and with the faults of one volume: a look
 * whose answer is an error counts as "not there".
 */
final class UploadStore implements ObjectStore {

	private final Target target;

	private final VolumeName volume;

	private final Faults faults;

	private final Pause pause;

	private final String manifest;

	private final Runnable beforeManifest;

	private final AtomicInteger manifestPuts = new AtomicInteger();

	private volatile boolean lost;

	/**
	 * @param manifest the key of the backup's manifest, empty if none is written
	 * @param beforeManifest runs before the manifest replaces its placeholder
	 */
	UploadStore(Target target, VolumeName volume, Faults faults, Pause pause, String manifest,
			Runnable beforeManifest) {
		this.manifest = manifest;
		this.beforeManifest = beforeManifest;
		this.target = target;
		this.volume = volume;
		this.faults = faults;
		this.pause = pause;
	}

	/** From now on nothing is answered. */
	void lose() {
		lost = true;
	}

	@Override
	public String describe() {
		return target.store().describe();
	}

	@Override
	public ObjectPage list(String prefix, String startAfter) {
		requireAnswer();
		return target.store().list(prefix, startAfter);
	}

	@Override
	public Optional<ObjectInfo> find(String key) {
		try {
			requireAnswer();
			return target.store().find(key);
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			return Optional.empty();
		}
	}

	@Override
	public Optional<StoredObject> open(String key) {
		requireAnswer();
		return target.store().open(key);
	}

	@Override
	public void put(String key, byte[] content) {
		if (key.equals(manifest) && manifestPuts.incrementAndGet() == 2) {
			beforeManifest.run();
		}
		requireAnswer();
		faults.strike(Fault.SlowUpload.class, fault -> fault.volume().equals(volume))
			.ifPresent(slow -> pauseFor(content.length, slow));
		target.store().put(key, content);
	}

	@Override
	public void delete(Collection<String> keys) {
		requireAnswer();
		target.store().delete(keys);
	}

	@Override
	public StoreFacts examine() {
		requireAnswer();
		return target.store().examine();
	}

	/** The target is open for longer than one upload. */
	@Override
	public void close() {
		lose();
	}

	private void requireAnswer() {
		if (lost || faults.strike(Fault.TargetUnavailable.class, fault -> fault.target().equals(target.name()))
			.isPresent()) {
			throw new TransientFailure(FailureCode.TARGET_UNREACHABLE,
					"failed to reach %s: dial tcp: i/o timeout".formatted(target.url()), "wait until it answers again");
		}
	}

	private void pauseFor(int bytes, Fault.SlowUpload slow) {
		try {
			pause.of(Duration.ofMillis(bytes * 1000L / slow.perSecond().bytes()));
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "uploading slowly");
		}
	}

}
