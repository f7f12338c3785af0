package dev.longhaul.simulator.longhorn;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.simulator.engine.SimulatedEngine;

/**
 * Starts and stops engines, which takes time.
 */
final class EngineProcesses {

	private final SimulatedTiming timing;

	private final Clock clock;

	private final Map<VolumeName, Change> changes = new ConcurrentHashMap<>();

	EngineProcesses(SimulatedTiming timing, Clock clock) {
		this.timing = timing;
		this.clock = clock;
	}

	/** Does what the state of the volume asks for, and says how far it is. */
	AttachDetachTable.Engine drive(SimulatedEngine engine, String state) {
		return switch (state) {
			case Words.ATTACHING -> start(engine);
			case Words.DETACHING -> stop(engine);
			default -> {
				changes.remove(engine.volume());
				yield engine.isRunning() ? AttachDetachTable.Engine.RUNNING : AttachDetachTable.Engine.STOPPED;
			}
		};
	}

	private AttachDetachTable.Engine start(SimulatedEngine engine) {
		if (engine.isRunning()) {
			return AttachDetachTable.Engine.RUNNING;
		}
		if (!isOver(engine.volume(), Words.ATTACHING, timing.attach())) {
			return AttachDetachTable.Engine.CHANGING;
		}
		engine.start();
		return AttachDetachTable.Engine.RUNNING;
	}

	private AttachDetachTable.Engine stop(SimulatedEngine engine) {
		engine.stop();
		return isOver(engine.volume(), Words.DETACHING, timing.detach()) ? AttachDetachTable.Engine.STOPPED
				: AttachDetachTable.Engine.CHANGING;
	}

	private boolean isOver(VolumeName volume, String state, Duration takes) {
		Change change = changes.compute(volume, (name, before) -> (before != null && before.state().equals(state))
				? before : new Change(state, clock.instant()));
		return !clock.instant().isBefore(change.began().plus(takes));
	}

	/** A change under way. */
	private record Change(String state, Instant began) {
	}

}
