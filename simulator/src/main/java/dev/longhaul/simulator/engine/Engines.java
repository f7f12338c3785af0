package dev.longhaul.simulator.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;

/**
 * The engines of a cluster, by volume.
 */
public final class Engines {

	private final Path directory;

	private final EngineParts parts;

	private final Map<VolumeName, SimulatedEngine> engines = new ConcurrentHashMap<>();

	private final List<Consumer<VolumeName>> listeners = new CopyOnWriteArrayList<>();

	/**
	 * @param directory for the data of all volumes
	 */
	public Engines(Path directory, EngineParts parts) {
		this.directory = directory;
		this.parts = parts;
	}

	/** Hears of every change of an engine or its snapshots, by volume. */
	public void listen(Consumer<VolumeName> listener) {
		listeners.add(listener);
	}

	public EngineParts parts() {
		return parts;
	}

	public Optional<SimulatedEngine> find(VolumeName volume) {
		return Optional.ofNullable(engines.get(volume));
	}

	/** The engine of a volume; made, with an empty volume, if there is none. */
	public synchronized SimulatedEngine create(VolumeName volume, ByteSize size) throws IOException {
		SimulatedEngine engine = engines.get(volume);
		if (engine == null) {
			engine = new SimulatedEngine(volume, size, directory.resolve(volume.value()), parts,
					() -> listeners.forEach(listener -> listener.accept(volume)));
			engines.put(volume, engine);
		}
		return engine;
	}

	/** Deletes a volume's data. */
	public synchronized void delete(VolumeName volume) throws IOException {
		SimulatedEngine engine = engines.remove(volume);
		if (engine == null) {
			return;
		}
		engine.stop();
		List<Path> all;
		try (Stream<Path> found = Files.walk(directory.resolve(volume.value()))) {
			all = found.sorted(Comparator.reverseOrder()).toList();
		}
		for (Path path : all) {
			Files.delete(path);
		}
	}

}
