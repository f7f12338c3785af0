package dev.longhaul.simulator.demo;

import java.util.List;
import java.util.Optional;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.volume.VolumeName;

/**
 * What {@code longhaul restore run --output json} printed.
 *
 * @param healthy names of Argo CD's Applications that are
 */
record RebuiltCluster(long rtoSeconds, List<Restored> volumes, List<String> healthy) {

	RebuiltCluster {
		volumes = List.copyOf(volumes);
		healthy = List.copyOf(healthy);
	}

	static RebuiltCluster read(String document) throws UnexpectedOutcome {
		JsonObject printed = UnexpectedOutcome.read("longhaul restore run", document);
		return new RebuiltCluster(printed.number("rtoSeconds").orElseThrow(),
				printed.objects("volumes").stream().map(Restored::read).toList(),
				printed.objects("applications")
					.stream()
					.filter(application -> application.text("outcome").equals(Optional.of("healthy")))
					.map(application -> application.text("name").orElseThrow())
					.toList());
	}

	List<Restored> of(ApplicationName application) {
		return volumes.stream().filter(volume -> volume.application().equals(application)).toList();
	}

	/** Of what is oldest of an application; 0 if nothing of it came back. */
	long rpoSeconds(ApplicationName application) {
		return of(application).stream().mapToLong(Restored::rpoSeconds).max().orElse(0);
	}

	/**
	 * A volume.
	 *
	 * @param rpoSeconds how much older than the beginning of the rebuild its data is
	 */
	record Restored(ApplicationName application, VolumeName name, BackupName backup, long rpoSeconds) {

		private static Restored read(JsonObject volume) {
			return new Restored(new ApplicationName(volume.text("application").orElseThrow()),
					new VolumeName(volume.text("name").orElseThrow()),
					new BackupName(volume.text("backup").orElseThrow()), volume.number("rpoSeconds").orElseThrow());
		}

	}

}
