package dev.longhaul.core.extra;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.retention.Pin;
import dev.longhaul.core.run.ApplicationRecord;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeptBackupsTest {

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final VolumeName DATA = new VolumeName("data");

	private static final VolumeName DB = new VolumeName("db");

	private static final Proof PROVEN = new Proof.Proven(Instant.parse("2026-11-22T05:00:00Z"), 1,
			ByteSize.ofMebibytes(2));

	private static final Proof UNREAD = new Proof.Unread("not yet");

	@Test
	void theNewestProvenRestorePointThatIsWholeInTheMirrorStays() {
		BothSides sides = new BothSides(Map.of(),
				Map.of(DATA, backups("22", "21", "20", "19"), DB, backups("22", "20", "19")));

		Map<StoredBackup, String> kept = KeptBackups.of(
				List.of(record(point("22", UNREAD), point("21", PROVEN), point("20", PROVEN), point("19", PROVEN))),
				sides, (application, night) -> Optional.empty());

		assertThat(kept).containsOnlyKeys(new StoredBackup(DATA, backup("20")), new StoredBackup(DB, backup("20")));
		assertThat(kept.values()).containsOnly(
				"of the newest proven restore point of gitea that is whole here, nightly 2026-11-20T02:30:00Z");
	}

	@Test
	void whatIsPinnedStays() {
		Map<StoredBackup, String> kept = KeptBackups.of(List.of(record(point("22", UNREAD), point("21", UNREAD))),
				new BothSides(Map.of(), Map.of()), (application, night) -> Optional.of(new Pin("before the upgrade"))
					.filter(pin -> night.scheduledFor().equals(at("21"))));

		assertThat(kept).containsOnly(Map.entry(new StoredBackup(DATA, backup("21")), "pinned: before the upgrade"),
				Map.entry(new StoredBackup(DB, backup("21")), "pinned: before the upgrade"));
	}

	private static ApplicationRecord record(ApplicationRecord.Point... points) {
		return new ApplicationRecord(GITEA, List.of(points), null);
	}

	private static ApplicationRecord.Point point(String day, Proof proof) {
		return new ApplicationRecord.Point(new Night(new JobName("nightly"), at(day)),
				new RestorePoint(GITEA, List.of(of(DATA, day), of(DB, day))), proof);
	}

	private static VolumeBackup of(VolumeName volume, String day) {
		return new VolumeBackup(new ClaimRef("gitea", volume.value()), volume, new SnapshotName("snapshot-" + day),
				at(day), backup(day), ByteSize.ofMebibytes(2));
	}

	private static Instant at(String day) {
		return Instant.parse("2026-11-%sT02:30:00Z".formatted(day));
	}

	private static Set<BackupName> backups(String... days) {
		return Stream.of(days).map(KeptBackupsTest::backup).collect(Collectors.toSet());
	}

	private static BackupName backup(String day) {
		return new BackupName("backup-" + day);
	}

}
