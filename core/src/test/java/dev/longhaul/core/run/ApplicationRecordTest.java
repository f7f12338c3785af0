package dev.longhaul.core.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.run.ApplicationRecord.Point;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ApplicationRecordTest {

	private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

	private static final Duration MONTH = Duration.ofDays(30);

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	@Test
	void theLongestGapLiesBetweenTwoProvenRestorePointsOrSinceTheNewest() {
		assertThat(history(proven(1), proven(25), proven(80)).longestGap(NOW, MONTH)).contains(Duration.ofHours(55));
		assertThat(history(proven(60), proven(80)).longestGap(NOW, MONTH)).contains(Duration.ofHours(60));
	}

	@Test
	void whatIsNotProvenClosesNoGap() {
		assertThat(history(proven(1), unread(24), proven(49)).longestGap(NOW, MONTH)).contains(Duration.ofDays(2));
		assertThat(history(unread(1)).longestGap(NOW, MONTH)).isEmpty();
		assertThat(history(unread(1)).newestProven()).isEmpty();
	}

	@Test
	void aGapThatEndedBeforeTheSpanDoesNotCount() {
		assertThat(history(proven(1), proven(10), proven(900)).longestGap(NOW, Duration.ofHours(9)))
			.contains(Duration.ofHours(9));
		assertThat(history(proven(1), proven(10), proven(900)).longestGap(NOW, Duration.ofHours(10)))
			.contains(Duration.ofHours(890));
	}

	private static ApplicationRecord history(Point... points) {
		return new ApplicationRecord(GITEA, Stream.of(points).toList(), null);
	}

	private static Point proven(int hoursAgo) {
		return point(hoursAgo, new Proof.Proven(NOW, 1, ByteSize.ofMebibytes(2)));
	}

	private static Point unread(int hoursAgo) {
		return point(hoursAgo, new Proof.Unread("the night was never judged"));
	}

	private static Point point(int hoursAgo, Proof proof) {
		Instant at = NOW.minus(Duration.ofHours(hoursAgo));
		VolumeBackup backup = new VolumeBackup(ClaimRef.parse("gitea/data"), new VolumeName("pvc-1"),
				new SnapshotName("snapshot"), at, new BackupName("backup"), ByteSize.ofMebibytes(2));
		return new Point(new Night(new JobName("nightly"), at), new RestorePoint(GITEA, List.of(backup)), proof);
	}

}
