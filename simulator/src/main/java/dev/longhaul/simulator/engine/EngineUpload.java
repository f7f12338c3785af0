package dev.longhaul.simulator.engine;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

import dev.longhaul.backupstore.write.BackupOrder;
import dev.longhaul.backupstore.write.BackupUpload;
import dev.longhaul.backupstore.write.BackupstoreWriter;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.simulator.engine.BackupStatus.State;
import dev.longhaul.simulator.fault.Fault;
import dev.longhaul.simulator.fault.Faults;

/**
 * One backup that an engine makes, and what it says about it meanwhile.
 */
final class EngineUpload {

	private final BackupOrder order;

	private final SnapshotReader source;

	private final Target target;

	private final Faults faults;

	private final Pause pause;

	private final Runnable crash;

	private final UploadStore store;

	private final BackupUpload upload;

	private volatile BackupStatus status;

	private volatile String unreachable = "";

	/**
	 * @param crash makes the whole engine die
	 */
	EngineUpload(BackupOrder order, SnapshotReader source, Target target, EngineParts parts, Runnable crash) {
		this.order = order;
		this.source = source;
		this.target = target;
		this.faults = parts.faults();
		this.pause = parts.pause();
		this.crash = crash;
		this.store = new UploadStore(target, order.volume(), faults, pause,
				target.layout().manifest(order.volume(), order.backup()), this::beforeManifest);
		this.upload = new BackupstoreWriter(store, target.layout(), parts.lockPace(), parts.clock(), pause)
			.backup(order, source, this::processed);
		this.status = new BackupStatus(source.name().value(), State.IN_PROGRESS, 0, "", "");
	}

	BackupStatus status() throws EngineUnreachable {
		if (!unreachable.isEmpty()) {
			throw new EngineUnreachable(unreachable);
		}
		return status;
	}

	/** Dies without cleaning anything up. */
	void abandon() {
		upload.abandon();
	}

	/** Runs to its end, whatever that is. */
	void run() {
		try (SnapshotReader reading = source) {
			upload.run();
			damageBlocks();
			String url = target.url() + "?backup=" + order.backup() + "&volume=" + order.volume();
			status = new BackupStatus(reading.name().value(), State.COMPLETE, 100, url, "");
		}
		catch (Interruption ex) {
			// Abandoned: what it reported last is what a dead process has reported last.
		}
		catch (LonghaulException ex) {
			fail(ex.fact());
		}
		catch (IOException ex) {
			fail("failed to read snapshot " + source.name() + ": " + ex.getMessage());
		}
	}

	private void fail(String error) {
		status = new BackupStatus(source.name().value(), State.ERROR, status.progress(), "", error);
	}

	/**
	 * Longhorn's own arithmetic, which reaches 100 early when a backup has exactly 19
	 * blocks: then the backup is called complete before its manifest is written.
	 */
	private synchronized void processed(int processed, int total) {
		int progress = (int) ((processed + 1) * 95L / total);
		State state = (progress == 100) ? State.COMPLETE : State.IN_PROGRESS;
		if (progress > status.progress() && status.state() == State.IN_PROGRESS) {
			status = new BackupStatus(source.name().value(), state, Math.min(progress, 100), "", "");
		}
		faults.strike(Fault.UploadBreaks.class, ofThisVolume(fault -> processed >= fault.afterBlocks()))
			.ifPresent(fault -> breakBy(fault.how()));
	}

	private Predicate<Fault.UploadBreaks> ofThisVolume(Predicate<Fault.UploadBreaks> condition) {
		return fault -> fault.volume().equals(order.volume()) && condition.test(fault);
	}

	private void breakBy(Fault.How how) {
		switch (how) {
			case ENGINE_CRASHES -> crash.run();
			case STOPS_SILENTLY -> upload.abandon();
			case TARGET_IS_LOST -> store.lose();
			case CANNOT_BE_POLLED -> unreachable = "failed to get backup status of %s: rpc error: code = Unavailable "
				.formatted(order.backup()) + "desc = connection error: dial tcp: connect: connection refused";
		}
	}

	private void beforeManifest() {
		VolumeName volume = order.volume();
		faults.strike(Fault.ManifestLate.class, fault -> fault.volume().equals(volume)).ifPresent(late -> {
			reportComplete();
			try {
				pause.of(late.by());
			}
			catch (InterruptedException ex) {
				throw Interruption.of(ex, "keeping back a manifest");
			}
		});
		faults.strike(Fault.ManifestMissing.class, fault -> fault.volume().equals(volume)).ifPresent(missing -> {
			reportComplete();
			upload.abandon();
			throw new Interruption("the manifest of backup '%s' is never written".formatted(order.backup()));
		});
	}

	private void reportComplete() {
		status = new BackupStatus(source.name().value(), State.COMPLETE, 100, "", "");
	}

	private void damageBlocks() {
		Optional<Fault.BlockDamaged> fault = nextDamage();
		while (fault.isPresent()) {
			StoredBlocks.damage(target, order.volume(), order.backup(), fault.get().block(), fault.get().damage());
			fault = nextDamage();
		}
	}

	private Optional<Fault.BlockDamaged> nextDamage() {
		return faults.strike(Fault.BlockDamaged.class, fault -> fault.volume().equals(order.volume()));
	}

}
