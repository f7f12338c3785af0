package dev.longhaul.batch.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimObjects;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.ObjectCopy;
import dev.longhaul.core.volume.Original;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RoomForObjectsTest {

	/** Almost as large as an object may be. */
	private static final ObjectCopy LARGE = new ObjectCopy.Kept(JsonObject.of(Map.of("a", "x".repeat(65_000))));

	private static final String WHY = "there is no room left for it: the objects of a night may take 8388608 bytes";

	private final List<NightEvent> events = new ArrayList<>();

	private final RoomForObjects room = new RoomForObjects(events::add);

	@Test
	void whatHasRoomIsKept() {
		RestorePoint point = point("gitea", 43);

		assertThat(room.fit(point)).isEqualTo(point);
		assertThat(events).isEmpty();
	}

	@Test
	void theObjectsThatHaveNoRoomLeftAreLeftOutWithTheReason() {
		RestorePoint whole = point("gitea", 40);
		RestorePoint later = point("nextcloud", 40);
		RestorePoint small = point("vaultwarden", 1);

		assertThat(room.fit(whole)).isEqualTo(whole);
		RestorePoint fitted = room.fit(later);
		assertThat(room.fit(small)).isEqualTo(small);

		assertThat(fitted.objectSize()).isZero();
		assertThat(fitted.backups()).hasSize(40)
			.extracting(VolumeBackup::original)
			.containsOnly(new Original(ByteSize.ofMebibytes(16), 3, null, ClaimObjects.unknown(WHY)));
		assertThat(events)
			.containsExactly(new NightEvent.Warned("what makes the claims of 'nextcloud' is not recorded: " + WHY));
	}

	private static RestorePoint point(String application, int volumes) {
		Original original = new Original(ByteSize.ofMebibytes(16), 3, null, new ClaimObjects(LARGE, LARGE, LARGE));
		return new RestorePoint(new ApplicationName(application), IntStream.range(0, volumes)
			.mapToObj(i -> new VolumeBackup(new ClaimRef(application, "data-" + i), new VolumeName("pvc-" + i),
					new SnapshotName("snapshot"), Instant.EPOCH, new BackupName("backup"), ByteSize.ZERO, original))
			.toList());
	}

}
