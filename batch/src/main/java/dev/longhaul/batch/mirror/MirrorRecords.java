package dev.longhaul.batch.mirror;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.mirror.MirrorReport;
import dev.longhaul.backupstore.mirror.MirroredBackup.State;
import dev.longhaul.backupstore.mirror.MirroredVolume;
import dev.longhaul.batch.backup.Perseverance;
import dev.longhaul.batch.backup.StoredPlaces;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.run.Mirroring;
import dev.longhaul.core.run.Mirroring.Held;
import dev.longhaul.core.run.Mirroring.Seen;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Recorded;
import dev.longhaul.core.run.RecordedManifest;
import dev.longhaul.core.run.RecordedRun;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Place;
import dev.longhaul.core.volume.VolumeName;

/**
 * Writes down what a run has left in a mirror: where nights record theirs, because that
 * is where verdicts are reached.
 */
final class MirrorRecords {

	private final RunCatalog catalog;

	private final MirrorOrder order;

	private final Perseverance perseverance;

	private final Clock clock;

	MirrorRecords(RunCatalog catalog, MirrorOrder order, Perseverance perseverance, Clock clock) {
		this.catalog = catalog;
		this.order = order;
		this.perseverance = perseverance;
		this.clock = clock;
	}

	/** Of a run that came to its end. */
	void done(Night run, MirrorReport report) {
		MirrorOrder.End to = order.to();
		Place place = perseverance.ask("asking the mirror about itself",
				() -> StoredPlaces.of(to.url(), to.medium(), to.site(), to.side().store().examine()));
		List<Seen> seen = seen(report, perseverance.ask("reading what nights have recorded", catalog::readAll));
		Mirroring mirroring = new Mirroring(run, clock.instant(), place, null, seen);
		perseverance.ask("writing what is in the mirror", () -> {
			catalog.write(mirroring);
			return mirroring;
		});
	}

	/**
	 * Of a run that did not, so that nobody counts on what was there before.
	 * @throws LonghaulException if that cannot be written
	 */
	void failed(Night run, LonghaulException failure) {
		MirrorOrder.End to = order.to();
		Place place = new Place(to.url(), to.medium(), to.site(), Answer.UNKNOWN, "it could not be asked");
		catalog.write(new Mirroring(run, clock.instant(), place, "%s: %s".formatted(failure.code(), failure.fact()),
				List.of()));
	}

	private static List<Seen> seen(MirrorReport report, Recorded recorded) {
		Set<VolumeName> looked = new HashSet<>();
		Set<BackupName> there = new HashSet<>();
		report.volumes().stream().filter(volume -> volume.skipped() == null).forEach(volume -> {
			looked.add(volume.name());
			there.addAll(held(volume));
		});
		List<Seen> seen = new ArrayList<>();
		recorded.applications().forEach(application -> {
			List<Candidate> newestFirst = candidates(recorded, application.application());
			if (newestFirst.stream().limit(1).anyMatch(newest -> newest.isWithin(looked))) {
				seen.add(new Seen(application.application(),
						newestFirst.stream()
							.filter(point -> point.isWhole(there))
							.findFirst()
							.map(Candidate::held)
							.orElse(null)));
			}
		});
		return seen;
	}

	private static List<BackupName> held(MirroredVolume volume) {
		return volume.backups()
			.stream()
			.filter(backup -> backup.state() == State.COPIED || backup.state() == State.HELD)
			.map(backup -> backup.name())
			.toList();
	}

	private static List<Candidate> candidates(Recorded recorded, ApplicationName application) {
		List<Candidate> candidates = new ArrayList<>();
		for (RecordedRun run : recorded.runs()) {
			Optional<RestorePoint> made = run.manifest()
				.manifest()
				.restorePoints()
				.stream()
				.filter(point -> point.application().equals(application))
				.findFirst();
			made.ifPresent(point -> candidates.add(new Candidate(run.manifest(), point)));
		}
		candidates.sort(Comparator.comparing((Candidate candidate) -> candidate.point().takenAt()).reversed());
		return candidates;
	}

	/** A restore point that may be in the mirror. */
	private record Candidate(RecordedManifest manifest, RestorePoint point) {

		boolean isWithin(Set<VolumeName> volumes) {
			return point.backups().stream().map(VolumeBackup::volume).allMatch(volumes::contains);
		}

		boolean isWhole(Set<BackupName> there) {
			return point.backups().stream().map(VolumeBackup::backup).allMatch(there::contains);
		}

		Held held() {
			return new Held(manifest.night(), manifest.hash());
		}

	}

}
