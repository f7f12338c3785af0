package dev.longhaul.backupstore.mirror;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.catalog.ExtraMemoryFile;
import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.inventory.Inventory;
import dev.longhaul.backupstore.inventory.VolumeFolder.ManifestFile;
import dev.longhaul.backupstore.inventory.VolumeFolder;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.extra.BothSides;
import dev.longhaul.core.extra.ExtraPlan;
import dev.longhaul.core.extra.KeptBackups;
import dev.longhaul.core.extra.SafetyPeriod;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.run.Recorded;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;

/**
 * Lists a mirror and its source, and plans what may go from the mirror. Writes nothing.
 */
public final class ExtraPlanner {

	private final Side source;

	private final Side destination;

	private final Seal seal;

	private final Clock clock;

	private final Pause pause;

	/**
	 * @param seal decides which records of nights are believed
	 */
	public ExtraPlanner(Side source, Side destination, Seal seal, Clock clock, Pause pause) {
		this.source = source;
		this.destination = destination;
		this.seal = seal;
		this.clock = clock;
		this.pause = pause;
	}

	/**
	 * Plans over what both sides list now.
	 * @throws DamagedData if a record in the mirror is not believed: nobody knows which
	 * backups it would keep
	 * @throws dev.longhaul.core.failure.LonghaulException if a side cannot be listed to
	 * the end, or the source is no backupstore
	 */
	public ExtraPlan plan(SafetyPeriod period, KeptBackups.Pins pins) {
		BothSides sides = sides(new Inventory(source.store(), source.layout()).volumes(),
				new Inventory(destination.store(), destination.layout()).volumesIfAny());
		Recorded recorded = new RunCatalog(destination.store(), destination.layout(), pause, seal).readAll();
		requireBelieved(recorded);
		return ExtraPlan.of(new ExtraPlan.Ends(source.name(), destination.name()), sides,
				memory(source, destination, pause).read(), KeptBackups.of(recorded.applications(), sides, pins), period,
				clock.instant());
	}

	private void requireBelieved(Recorded recorded) {
		if (!recorded.refusals().isEmpty()) {
			Recorded.Refusal first = recorded.refusals().get(0);
			throw new DamagedData(FailureCode.MANIFEST_REFUSED,
					"%s in %s is not believed: %s; %d such".formatted(first.subject(), destination.name(),
							first.reason(), recorded.refusals().size()),
					"nothing goes as long as it is not known what they would keep; repair them with 'longhaul mirror', "
							+ "or remove them");
		}
	}

	static ExtraMemoryFile memory(Side source, Side destination, Pause pause) {
		return new ExtraMemoryFile(destination.store(), destination.layout(), pause, source.name());
	}

	static BothSides sides(Collection<VolumeFolder> source, Collection<VolumeFolder> destination) {
		return new BothSides(backups(source), backups(destination));
	}

	private static Map<VolumeName, Set<BackupName>> backups(Collection<VolumeFolder> folders) {
		Map<VolumeName, Set<BackupName>> backups = new HashMap<>();
		folders.forEach(folder -> backups.put(folder.volume(),
				folder.manifests().stream().map(ManifestFile::backup).collect(Collectors.toSet())));
		return backups;
	}

}
