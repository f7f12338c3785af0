package dev.longhaul.backupstore.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Recorded.Refusal;
import dev.longhaul.core.run.RecordedExports;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunExports.ApplicationExports;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;

/**
 * Takes the exports that nights have recorded from the source to the destination. Only
 * what is recorded, and believed, says what an export has to be; other objects are none.
 */
final class ExportMirror {

	private static final System.Logger LOG = System.getLogger(ExportMirror.class.getName());

	private final RunCatalog catalog;

	private final Side from;

	private final ExportArchive source;

	private final ExportArchive destination;

	private final Healing healing;

	private final List<Refusal> damaged = new ArrayList<>();

	private Load held = Load.NONE;

	ExportMirror(Mirror.Parts parts) {
		this.from = parts.source();
		Side to = parts.destination();
		this.catalog = new RunCatalog(from.store(), from.layout(), parts.pause(), parts.settings().seal());
		this.source = new ExportArchive(from.store(), from.layout(), parts.pause(), parts.clock());
		this.destination = new ExportArchive(to.store(), to.layout(), parts.pause(), parts.clock());
		this.healing = parts.settings().healing();
	}

	/** Says what there is to copy, as both sides list it. */
	CopiedExports plan(Set<VolumeName> volumes) {
		RecordedExports recorded = catalog.readAllExports();
		Load planned = load(toCopy(recorded, volumes));
		return new CopiedExports(planned, Load.NONE, held, damaged, recorded.refusals());
	}

	/**
	 * Copies what the destination does not have.
	 * @param volumes only exports of applications that have one of them; all if empty
	 */
	CopiedExports run(Set<VolumeName> volumes) {
		RecordedExports recorded = catalog.readAllExports();
		List<Export> toCopy = toCopy(recorded, volumes);
		if (!toCopy.isEmpty()) {
			giveUpForgotten();
		}
		List<Export> copied = new ArrayList<>();
		for (Export export : toCopy) {
			try {
				destination.takeOver(source, export.night(), export.application(), export.stored());
				copied.add(export);
			}
			catch (DamagedData ex) {
				blame(export, ex.fact());
			}
		}
		return new CopiedExports(load(toCopy), load(copied), held, damaged, recorded.refusals());
	}

	private List<Export> toCopy(RecordedExports recorded, Set<VolumeName> volumes) {
		List<Export> wanted = wanted(recorded, volumes);
		if (wanted.isEmpty()) {
			return List.of();
		}
		Map<String, ByteSize> ours = source.sizes();
		Map<String, ByteSize> theirs = destination.sizes();
		List<Export> toCopy = new ArrayList<>();
		for (Export export : wanted) {
			ByteSize size = export.stored().stored().size();
			if (size.equals(theirs.get(export.keyIn(destination))) && isTrusted(export)) {
				held = held.plus(size.bytes());
			}
			else if (size.equals(ours.get(export.keyIn(source)))) {
				toCopy.add(export);
			}
			else {
				ByteSize found = ours.get(export.keyIn(source));
				blame(export, "%s; %d bytes were kept"
					.formatted((found != null) ? "it has " + found.bytes() + " bytes" : "it is gone", size.bytes()));
			}
		}
		return toCopy;
	}

	private boolean isTrusted(Export export) {
		return healing == Healing.TRUST_LISTING
				|| destination.holdsIntact(export.night(), export.application(), export.stored());
	}

	private List<Export> wanted(RecordedExports recorded, Set<VolumeName> volumes) {
		List<Export> wanted = new ArrayList<>();
		for (RunExports night : recorded.nights()) {
			for (ApplicationExports application : night.applications()) {
				if (volumes.isEmpty() || hasOneOf(volumes, night.night(), application.application())) {
					application.kept()
						.forEach(export -> wanted.add(new Export(night.night(), application.application(), export)));
				}
			}
		}
		return wanted;
	}

	private boolean hasOneOf(Set<VolumeName> volumes, Night night, ApplicationName application) {
		return backups(night, application).map(VolumeBackup::volume).anyMatch(volumes::contains);
	}

	private Stream<VolumeBackup> backups(Night night, ApplicationName application) {
		return catalog.findManifest(night)
			.stream()
			.flatMap(recorded -> recorded.manifest().restorePoints().stream())
			.filter(point -> point.application().equals(application))
			.flatMap(point -> point.backups().stream());
	}

	private void blame(Export export, String reason) {
		if (isRecorded(export) && !wentWithItsRestorePoint(export)) {
			damaged.add(new Refusal(export.keyIn(source), reason));
		}
	}

	/** Retention removes exports last, and leaves their record. */
	private boolean wentWithItsRestorePoint(Export export) {
		return from.store().find(export.keyIn(source)).isEmpty() && backups(export.night(), export.application())
			.noneMatch(
					backup -> from.store().find(from.layout().manifest(backup.volume(), backup.backup())).isPresent());
	}

	/** One that nobody records any more went while it was looked at. */
	private boolean isRecorded(Export export) {
		try {
			return catalog.findExports(export.night())
				.flatMap(night -> night.find(export.application(), export.stored().name()))
				.filter(export.stored()::equals)
				.isPresent();
		}
		catch (DamagedData ex) {
			return true;
		}
	}

	/** What lies there unfinished costs money, and nothing else. */
	private void giveUpForgotten() {
		try {
			int unusedCount = destination.giveUpForgotten();
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			LOG.log(System.Logger.Level.WARNING, "exports that were left unfinished may still be there: {0}",
					ex.fact());
		}
	}

	private static Load load(List<Export> exports) {
		Load load = Load.NONE;
		for (Export export : exports) {
			load = load.plus(export.stored().stored().size().bytes());
		}
		return load;
	}

	/** An export that is recorded, and where it belongs. */
	private record Export(Night night, ApplicationName application, StoredExport stored) {

		String keyIn(ExportArchive archive) {
			return archive.key(night, application, stored);
		}

	}

}
