package dev.longhaul.simulator.longhorn;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.Engine;
import dev.longhaul.longhorn.crd.EngineSpec;
import dev.longhaul.longhorn.crd.EngineStatus;
import dev.longhaul.longhorn.crd.Snapshot;
import dev.longhaul.longhorn.crd.SnapshotSpec;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.longhorn.crd.enginestatus.Snapshots;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Next;
import dev.longhaul.simulator.control.Reconciler;
import dev.longhaul.simulator.control.Stored;
import dev.longhaul.simulator.engine.ChainSnapshot;
import dev.longhaul.simulator.engine.RestoreOrder;
import dev.longhaul.simulator.engine.RestoreStatus;
import dev.longhaul.simulator.engine.SimulatedEngine;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/**
 * Plays the engine controller: asks each running engine now and then for its snapshots
 * and writes them down. Everybody else learns of a snapshot only that way.
 */
final class EngineMonitor implements Reconciler {

	private static final int FIRST_PORT = 10_000;

	private static final int PORTS_OF_REPLICA = 15;

	private final LonghornParts parts;

	private final LonghornObjects objects;

	private final Consumer<String> snapshotChanged;

	/**
	 * @param snapshotChanged hears the names of snapshots whose entry may have changed
	 */
	EngineMonitor(LonghornParts parts, Consumer<String> snapshotChanged) {
		this.snapshotChanged = snapshotChanged;
		this.parts = parts;
		this.objects = parts.objects();
	}

	/**
	 * @param name of the volume
	 */
	@Override
	public Next reconcile(String name) {
		Optional<Stored<Volume>> volume = objects.find(Volume.class, name).filter(found -> !found.isDeleting());
		Optional<Stored<Engine>> found = objects.find(Engine.class, VolumeController.engineName(name));
		if (volume.isEmpty()) {
			return Next.onChange();
		}
		Optional<SimulatedEngine> engine = parts.engines().find(new VolumeName(name));
		if (found.isPresent() && engine.isPresent()) {
			Stored<Engine> written = follow(found.get(), volume.get());
			observe(written, engine.get(), volume.get());
		}
		return Next.onChange();
	}

	private Stored<Engine> follow(Stored<Engine> engine, Stored<Volume> volume) {
		EngineSpec spec = engine.view().getSpec();
		String node = Admission.orElse(volume.view().getSpec().getNodeID(), "");
		spec.setNodeID(node);
		spec.setDesireState(node.isEmpty() ? "stopped" : "running");
		return objects.write(Engine.class, engine);
	}

	private void observe(Stored<Engine> stored, SimulatedEngine engine, Stored<Volume> volume) {
		if (stored.view().getStatus() == null) {
			stored.view().setStatus(new EngineStatus());
		}
		EngineStatus status = stored.view().getStatus();
		boolean running = engine.isRunning();
		status.setOwnerID(VolumeController.status(volume).getOwnerID());
		status.setCurrentState(running ? "running" : "stopped");
		status.setStarted(running);
		status.setCurrentSize(running ? Long.toString(engine.size().bytes()) : "0");
		status.setEndpoint(running ? "/dev/longhorn/" + volume.name() : "");
		engine.restore().ifPresent(restore -> reportRestore(status, restore));
		if (running) {
			Map<String, Snapshots> before = Objects.requireNonNullElse(status.getSnapshots(), Map.of());
			status.setSnapshots(chain(engine.snapshots()));
			objects.writeStatus(Engine.class, stored);
			mirror(before.keySet(), status.getSnapshots(), volume);
			Set<String> touched = new HashSet<>(before.keySet());
			touched.addAll(status.getSnapshots().keySet());
			touched.remove(Words.VOLUME_HEAD);
			touched.forEach(snapshotChanged);
		}
		else {
			objects.writeStatus(Engine.class, stored);
		}
	}

	/** By replica, the failed ones last. */
	private static void reportRestore(EngineStatus status, RestoreStatus restore) {
		Map<String, dev.longhaul.longhorn.crd.enginestatus.RestoreStatus> replicas = new HashMap<>();
		RestoreOrder order = restore.order();
		for (int i = 0; i < order.replicas(); i++) {
			boolean failed = i >= order.replicas() - restore.failedReplicas();
			boolean done = restore.state() == RestoreStatus.State.COMPLETE;
			dev.longhaul.longhorn.crd.enginestatus.RestoreStatus replica = new dev.longhaul.longhorn.crd.enginestatus.RestoreStatus();
			replica.setIsRestoring(!failed && !done);
			replica.setCurrentRestoringBackup(done ? "" : order.backup().value());
			replica.setLastRestored((done && !failed) ? order.backup().value() : "");
			replica.setProgress((long) restore.progress());
			replica.setState(failed ? "error" : done ? "complete" : "in_progress");
			replica.setError(failed ? restore.error() : "");
			replicas.put("tcp://127.0.0.1:" + (FIRST_PORT + i * PORTS_OF_REPLICA), replica);
		}
		status.setRestoreStatus(replicas);
		if (restore.state() == RestoreStatus.State.COMPLETE) {
			status.setLastRestoredBackup(order.backup().value());
		}
	}

	/** From the oldest to the head, which stands among them. */
	private static Map<String, Snapshots> chain(List<ChainSnapshot> snapshots) {
		Map<String, Snapshots> chain = new HashMap<>();
		String parent = "";
		for (int i = 0; i < snapshots.size(); i++) {
			ChainSnapshot snapshot = snapshots.get(i);
			String child = (i + 1 < snapshots.size()) ? snapshots.get(i + 1).name().value() : Words.VOLUME_HEAD;
			Snapshots entry = entry(snapshot.name().value(), parent, Map.of(child, true));
			entry.setRemoved(snapshot.removed());
			entry.setUsercreated(snapshot.userCreated());
			entry.setCreated(Times.text(snapshot.createdAt()));
			entry.setSize(Long.toString(snapshot.size().bytes()));
			entry.setLabels(snapshot.labels());
			chain.put(entry.getName(), entry);
			parent = entry.getName();
		}
		Snapshots head = entry(Words.VOLUME_HEAD, parent, Map.of());
		head.setRemoved(false);
		head.setUsercreated(false);
		head.setCreated("");
		head.setSize("0");
		chain.put(Words.VOLUME_HEAD, head);
		return chain;
	}

	private static Snapshots entry(String name, String parent, Map<String, Boolean> children) {
		Snapshots entry = new Snapshots();
		entry.setName(name);
		entry.setParent(parent);
		entry.setChildren(children);
		return entry;
	}

	/**
	 * Snapshots that came by another way get an object; objects whose snapshot went away
	 * go too.
	 */
	private void mirror(Set<String> before, Map<String, Snapshots> now, Stored<Volume> volume) {
		Set<String> gone = new HashSet<>(before);
		gone.removeAll(now.keySet());
		gone.forEach(name -> objects.find(Snapshot.class, name)
			.filter(snapshot -> !snapshot.isDeleting())
			.ifPresent(snapshot -> objects.delete(Snapshot.class, name)));
		for (Snapshots entry : now.values()) {
			boolean known = entry.getName().equals(Words.VOLUME_HEAD) || Boolean.TRUE.equals(entry.getRemoved())
					|| before.contains(entry.getName());
			if (!known && objects.find(Snapshot.class, entry.getName()).isEmpty()) {
				Snapshot snapshot = new Snapshot();
				snapshot.setMetadata(new ObjectMetaBuilder().withName(entry.getName())
					.withLabels(Map.of(Words.VOLUME_LABEL, volume.name()))
					.build());
				SnapshotSpec spec = new SnapshotSpec();
				spec.setVolume(volume.name());
				spec.setCreateSnapshot(false);
				snapshot.setSpec(spec);
				objects.createOnce(Snapshot.class, snapshot);
			}
		}
	}

}
