package dev.longhaul.simulator.longhorn;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.Engine;
import dev.longhaul.longhorn.crd.Snapshot;
import dev.longhaul.longhorn.crd.SnapshotStatus;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.longhorn.crd.enginestatus.Snapshots;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Next;
import dev.longhaul.simulator.control.Reconciler;
import dev.longhaul.simulator.control.Stored;
import dev.longhaul.simulator.engine.EngineUnreachable;
import dev.longhaul.simulator.engine.SimulatedEngine;
import dev.longhaul.simulator.fault.Fault;

/**
 * Plays the snapshot controller: takes what is asked for, attaching the volume for it if
 * need be, and reports what the engine has.
 */
final class SnapshotController implements Reconciler {

	private static final String LOST = "lost track of the corresponding snapshot info inside volume engine";

	private final LonghornParts parts;

	private final LonghornObjects objects;

	private final Admission admission;

	private final Tickets tickets;

	SnapshotController(LonghornParts parts) {
		this.parts = parts;
		this.objects = parts.objects();
		this.admission = new Admission(objects, parts.release());
		this.tickets = new Tickets(objects);
	}

	@Override
	public Next reconcile(String name) throws IOException {
		Optional<Stored<Snapshot>> found = objects.find(Snapshot.class, name);
		if (found.isEmpty()) {
			return Next.onChange();
		}
		String volumeName = Admission.orElse(found.get().view().getSpec().getVolume(), "");
		Optional<Stored<Volume>> volume = objects.find(Volume.class, volumeName).filter(each -> !each.isDeleting());
		if (volume.isEmpty()) {
			return withoutVolume(found.get());
		}
		if (found.get().isDeleting()) {
			return delete(found.get(), volume.get());
		}
		Stored<Snapshot> snapshot = admission.snapshot(found.get(), volume.get());
		status(snapshot).setOwnerID(VolumeController.status(volume.get()).getOwnerID());
		Optional<Snapshots> seen = seen(volumeName, name);
		Next next = seen.isPresent() ? report(snapshot, volume.get(), seen.get()) : take(snapshot, volume.get());
		objects.writeStatus(Snapshot.class, snapshot);
		return next;
	}

	private Next withoutVolume(Stored<Snapshot> snapshot) {
		if (snapshot.isDeleting()) {
			objects.release(Snapshot.class, snapshot, Words.FINALIZER);
		}
		else {
			status(snapshot).setError("cannot find the corresponding volume " + snapshot.view().getSpec().getVolume());
			objects.writeStatus(Snapshot.class, snapshot);
		}
		return Next.onChange();
	}

	/** What the monitor has written down of it. */
	private Optional<Snapshots> seen(String volume, String snapshot) {
		return objects.find(Engine.class, VolumeController.engineName(volume))
			.filter(engine -> engine.view().getStatus() != null && engine.view().getStatus().getSnapshots() != null)
			.map(engine -> engine.view().getStatus().getSnapshots().get(snapshot));
	}

	private Next report(Stored<Snapshot> snapshot, Stored<Volume> volume, Snapshots seen) throws IOException {
		SnapshotStatus status = status(snapshot);
		boolean known = !Admission.orElse(status.getCreationTime(), "").isEmpty();
		status.setParent(seen.getParent());
		status.setChildren(seen.getChildren());
		status.setMarkRemoved(Boolean.TRUE.equals(seen.getRemoved()));
		status.setUserCreated(seen.getUsercreated());
		status.setCreationTime(seen.getCreated());
		status.setSize(Long.parseLong(seen.getSize()));
		status.setLabels(seen.getLabels());
		status.setRestoreSize(Long.parseLong(volume.view().getSpec().getSize()));
		status.setReadyToUse(!Boolean.TRUE.equals(seen.getRemoved()));
		status.setError("");
		if (!known) {
			return Next.after(parts.timing().retry());
		}
		tickets.remove(volume.name(), ticket(snapshot));
		loseIfAsked(snapshot, volume);
		return Next.onChange();
	}

	private void loseIfAsked(Stored<Snapshot> snapshot, Stored<Volume> volume) throws IOException {
		VolumeName name = new VolumeName(volume.name());
		Optional<SimulatedEngine> engine = parts.engines().find(name);
		if (engine.isPresent()
				&& parts.faults().strike(Fault.SnapshotLost.class, fault -> fault.volume().equals(name)).isPresent()) {
			engine.get().loseSnapshot(new SnapshotName(snapshot.name()));
		}
	}

	private Next take(Stored<Snapshot> snapshot, Stored<Volume> volume) throws IOException {
		SnapshotStatus status = status(snapshot);
		if (!Admission.orElse(status.getCreationTime(), "").isEmpty()) {
			status.setReadyToUse(false);
			status.setError(LOST);
			return Next.onChange();
		}
		if (!Boolean.TRUE.equals(snapshot.view().getSpec().getCreateSnapshot())) {
			return Next.onChange();
		}
		Optional<SimulatedEngine> engine = parts.engines().find(new VolumeName(volume.name()));
		boolean taken = engine.flatMap(found -> found.findSnapshot(new SnapshotName(snapshot.name()))).isPresent();
		if (!taken) {
			tickets.put(volume.name(), Tickets.SNAPSHOT_CONTROLLER, ticket(snapshot),
					Admission.orElse(VolumeController.status(volume).getOwnerID(), ""), "any");
			takeNow(snapshot, volume, engine);
		}
		return Next.after(parts.timing().retry());
	}

	private void takeNow(Stored<Snapshot> snapshot, Stored<Volume> volume, Optional<SimulatedEngine> engine)
			throws IOException {
		SnapshotStatus status = status(snapshot);
		boolean attached = Words.ATTACHED.equals(VolumeController.status(volume).getState());
		try {
			if (engine.isEmpty() || !attached) {
				throw new EngineUnreachable("not attached");
			}
			if (parts.release().hasRequestedTime()) {
				status.setRequestedTime(parts.now());
			}
			engine.get()
				.takeSnapshot(new SnapshotName(snapshot.name()),
						Objects.requireNonNullElse(snapshot.view().getSpec().getLabels(), Map.of()));
			status.setError("");
		}
		catch (EngineUnreachable ex) {
			status.setError(("failed to take snapshot because the volume engine %s is not running. "
					+ "Waiting for the volume to be attached")
				.formatted(VolumeController.engineName(volume.name())));
		}
		catch (LonghaulException ex) {
			status.setError(ex.fact());
		}
	}

	private Next delete(Stored<Snapshot> snapshot, Stored<Volume> volume) throws IOException {
		SnapshotStatus status = status(snapshot);
		Optional<SimulatedEngine> engine = parts.engines().find(new VolumeName(volume.name()));
		SnapshotName name = new SnapshotName(snapshot.name());
		if (engine.isEmpty() || engine.get().findSnapshot(name).isEmpty()) {
			tickets.remove(volume.name(), ticket(snapshot));
			objects.release(Snapshot.class, snapshot, Words.FINALIZER);
			return Next.onChange();
		}
		if (Boolean.TRUE.equals(status.getMarkRemoved())) {
			tickets.remove(volume.name(), ticket(snapshot));
			return Next.onChange();
		}
		tickets.put(volume.name(), Tickets.SNAPSHOT_CONTROLLER, ticket(snapshot),
				Admission.orElse(VolumeController.status(volume).getOwnerID(), ""), "any");
		try {
			engine.get().removeSnapshot(name);
			if (engine.get().findSnapshot(name).isPresent()) {
				status.setMarkRemoved(true);
				status.setReadyToUse(false);
				objects.writeStatus(Snapshot.class, snapshot);
			}
		}
		catch (EngineUnreachable ex) {
			status.setError("failed to delete snapshot: " + ex.getMessage());
			objects.writeStatus(Snapshot.class, snapshot);
		}
		return Next.after(parts.timing().retry());
	}

	private static String ticket(Stored<Snapshot> snapshot) {
		return Tickets.id(Tickets.SNAPSHOT_CONTROLLER, snapshot.name());
	}

	private static SnapshotStatus status(Stored<Snapshot> snapshot) {
		if (snapshot.view().getStatus() == null) {
			snapshot.view().setStatus(new SnapshotStatus());
		}
		return snapshot.view().getStatus();
	}

}
