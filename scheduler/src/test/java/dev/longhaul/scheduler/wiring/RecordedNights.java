package dev.longhaul.scheduler.wiring;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.QuietWindow;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Places;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.run.RunProof.ApplicationProof;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Place;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;

/**
 * Nights as they are recorded in a bucket.
 */
final class RecordedNights {

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private RecordedNights() {
	}

	/** One of gitea, proven. */
	static void record(RunCatalog catalog, Instant due) {
		Night night = new Night(new JobName("nightly"), due);
		VolumeName volume = new VolumeName("pvc-gitea");
		VolumeBackup backup = new VolumeBackup(new ClaimRef("gitea", "data"), volume, night.snapshotName(GITEA, volume),
				due, night.backupName(GITEA, volume), ByteSize.ofMebibytes(4));
		RestorePoint point = new RestorePoint(GITEA, null, new QuietWindow(due, Duration.ofMillis(400)),
				List.of(backup));
		catalog.write(new RunManifest(night, null, "s3://bucket@region/", "v1.12.1", "40db5536", due, List.of(point),
				Map.of()));
		Places places = new Places(Place.ofLiveVolumes("home"),
				new Place("s3://bucket@region/", "object storage", "away", Answer.HOLDS, "objects are locked"));
		catalog.write(new RunProof(night, catalog.findManifest(night).orElseThrow().hash(), due.plusSeconds(60), places,
				List.of(new ApplicationProof(new Verdict(GITEA, List.of()),
						new Proof.Proven(due.plusSeconds(60), 24, ByteSize.ofMebibytes(48)), due))));
	}

}
