package dev.longhaul.scheduler.night;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.run.RunProof.ApplicationProof;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Copy;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * A night with three applications: one proven, one refuted, one not backed up.
 */
final class Nights {

	static final Night NIGHT = new Night(new JobName("nightly"), Instant.parse("2026-11-22T02:30:00Z"));

	static final Instant TAKEN = NIGHT.scheduledFor().plusSeconds(3);

	static final Instant JUDGED = NIGHT.scheduledFor().plusSeconds(600);

	static final Proof PROVEN = new Proof.Proven(JUDGED, 24, ByteSize.ofMebibytes(30));

	static final Proof REFUTED = new Proof.Refuted(JUDGED, "checksum-mismatch: blocks/7a/11/7a11.blk");

	static final Proof UNREAD = new Proof.Unread("no restore point tonight: BACKUP_FAILED: engine crashed");

	private Nights() {
	}

	static NightResult mixed() {
		return result(application("gitea", PROVEN, TAKEN), application("nextcloud", REFUTED, null),
				application("vaultwarden", UNREAD, TAKEN.minusSeconds(86400)));
	}

	static NightResult proven() {
		return result(application("gitea", PROVEN, TAKEN), application("vaultwarden", PROVEN, TAKEN));
	}

	static NightResult result(ApplicationProof... applications) {
		RunManifest manifest = new RunManifest(NIGHT, null, "s3://bucket@region/", "v1.12.1", null, JUDGED,
				List.of(point("gitea"), point("nextcloud")),
				Map.of(new ApplicationName("vaultwarden"), "BACKUP_FAILED: engine crashed"));
		return new NightResult(NightEnd.UNPROVEN, manifest,
				new RunProof(NIGHT, "0a1b2c", JUDGED, null, List.of(applications)));
	}

	static RestorePoint point(String application) {
		return new RestorePoint(new ApplicationName(application),
				List.of(backup(application, "data", 41), backup(application, "db", 2)));
	}

	static ApplicationProof application(String name, Proof proof, @Nullable Instant newestProven) {
		Copy live = new Copy("live volumes", "block storage", "home", Answer.FAILS, "live", new Proof.Unread("live"));
		Copy backup = new Copy("s3://bucket@region/", "object storage", "away", Answer.UNKNOWN,
				"the bucket did not say", proof);
		return new ApplicationProof(Verdict.judge(new ApplicationName(name), live, List.of(backup)), proof,
				newestProven);
	}

	private static VolumeBackup backup(String application, String claim, long mebibytes) {
		String name = "nightly-20261122t023000z-" + application + claim;
		return new VolumeBackup(new ClaimRef(application, claim), new VolumeName("pvc-" + application + "-" + claim),
				new SnapshotName(name), TAKEN, new BackupName(name), ByteSize.ofMebibytes(mebibytes));
	}

}
