package dev.longhaul.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.QuietWindow;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Mirroring;
import dev.longhaul.core.run.Mirroring.Held;
import dev.longhaul.core.run.Mirroring.Seen;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Places;
import dev.longhaul.core.run.RecordedManifest;
import dev.longhaul.core.run.RunBefore;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.run.RunProof.ApplicationProof;
import dev.longhaul.core.run.Verification;
import dev.longhaul.core.run.Verification.Reading;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Place;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster of 2,000 volumes leaves in its bucket until there are 100,000 restore
 * points: the same every time. Each night is judged, copied to a mirror, and one in ten
 * applications is read back once more.
 *
 * @param applications that share the volumes and the restore points evenly
 */
record MadeCatalog(int applications) {

	static final Instant LAST = Instant.parse("2026-11-22T02:30:00Z");

	private static final int VOLUMES = 2_000;

	private static final int POINTS = 100_000;

	private static final Place BUCKET = new Place("s3://longhorn-backups@eu-central-003/longhorn", "object storage",
			"eu-central-003", Answer.HOLDS, "objects are locked for 30 days, in mode COMPLIANCE");

	private static final Place MIRROR = new Place("file:///mnt/nas/longhorn", "file system", "attic", Answer.FAILS,
			"whoever can write to the directory can delete in it");

	private static final Places PLACES = new Places(Place.ofLiveVolumes("home"), BUCKET);

	static Night lastNight() {
		return night(LAST);
	}

	private static Night night(Instant scheduledFor) {
		return new Night(new JobName("nightly"), scheduledFor);
	}

	void write(RunCatalog catalog) {
		RecordedManifest before = null;
		for (int night = POINTS / applications - 1; night >= 0; night--) {
			before = write(catalog, night(LAST.minus(Duration.ofDays(night))), before);
		}
	}

	private RecordedManifest write(RunCatalog catalog, Night night, @Nullable RecordedManifest before) {
		Instant over = night.scheduledFor().plus(Duration.ofMinutes(90));
		catalog.write(new RunManifest(night,
				(before != null) ? new RunBefore(before.night().scheduledFor(), before.hash()) : null, BUCKET.name(),
				"v1.12.1", "5f0c1d7a", over, names().map(name -> point(night, name)).toList(), Map.of()));
		RecordedManifest manifest = catalog.findManifest(night).orElseThrow();
		Proof proven = new Proof.Proven(over, 240, ByteSize.ofMebibytes(480));
		catalog.write(new RunProof(night, manifest.hash(), over, PLACES,
				names()
					.map(name -> new ApplicationProof(PLACES.judge(name, List.of(BUCKET.copy(proven)), List.of()),
							proven, night.scheduledFor()))
					.toList()));
		Held point = new Held(night, manifest.hash());
		catalog.write(new Mirroring(new Night(new JobName("to-the-nas"), over), over, MIRROR, null,
				names().map(name -> new Seen(name, point)).toList()));
		catalog.write(new Verification(new Night(new JobName("proof"), over), over, null, names()
			.filter(name -> (name.value().hashCode() + night.scheduledFor().getEpochSecond() / 86_400) % 10 == 0)
			.map(name -> new Reading(night, name, manifest.hash(), proven))
			.toList()));
		return manifest;
	}

	Stream<ApplicationName> names() {
		return IntStream.range(0, applications)
			.mapToObj(number -> new ApplicationName("application-%04d".formatted(number)));
	}

	private RestorePoint point(Night night, ApplicationName application) {
		List<VolumeBackup> backups = new ArrayList<>();
		for (int number = 0; number < VOLUMES / applications; number++) {
			VolumeName volume = new VolumeName("pvc-%s-%d".formatted(application, number));
			backups.add(new VolumeBackup(new ClaimRef(application.value(), "data-" + number), volume,
					night.snapshotName(application, volume), night.scheduledFor().plusMillis(number),
					night.backupName(application, volume), ByteSize.ofMebibytes(480)));
		}
		return new RestorePoint(application, null, new QuietWindow(night.scheduledFor(), Duration.ofMillis(400)),
				backups);
	}

}
