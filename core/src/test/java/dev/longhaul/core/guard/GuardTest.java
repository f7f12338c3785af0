package dev.longhaul.core.guard;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimObjects;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.FileSystem;
import dev.longhaul.core.volume.Original;
import dev.longhaul.core.volume.SeenFileSystem;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GuardTest {

	private static final Instant YESTERDAY = Instant.parse("2026-11-21T02:30:04Z");

	private static final Instant TONIGHT = Instant.parse("2026-11-22T02:30:04Z");

	private static final ClaimRef CLAIM = ClaimRef.parse("gitea/data");

	private static final FileSystem OURS = new FileSystem(FileSystem.Kind.EXT4,
			UUID.fromString("6f1b3c1e-2a4d-4e8f-9a0b-1c2d3e4f5a6b"));

	private static final FileSystem OTHER = new FileSystem(FileSystem.Kind.EXT4,
			UUID.fromString("00000000-0000-4000-8000-000000000001"));

	private static final SeenFileSystem SEEN = new SeenFileSystem(OURS, YESTERDAY);

	private static final Guard GUARD = new Guard(Guard.USUAL_SHRINK, Accepted.NOTHING);

	@Test
	void aVolumeThatGrewMayBeBackedUp() {
		assertThat(GUARD.beforeBackup(CLAIM, ByteSize.ofMebibytes(64), last(40, SEEN))).isEmpty();
		assertThat(GUARD.beforeBackup(CLAIM, ByteSize.ofMebibytes(128), last(40, SEEN))).isEmpty();
		assertThat(GUARD.afterBackup(made(60), OURS, last(40, SEEN))).isEmpty();
	}

	@Test
	void aSmallerVolumeIsAnotherOne() {
		assertThat(GUARD.beforeBackup(CLAIM, ByteSize.ofMebibytes(63), last(40, SEEN)))
			.hasValueSatisfying(objection -> {
				assertThat(objection.fact()).isEqualTo("the volume of claim 'gitea/data' has 63 MiB, and had 64 MiB at "
						+ "2026-11-21T02:30:04Z; Longhorn makes no volume smaller, so it is another one");
				assertThat(objection.kind()).isEqualTo(Objection.Kind.RECREATED);
			});
	}

	@Test
	void anotherFileSystemIsAFormattedVolume() {
		assertThat(GUARD.afterBackup(made(40), OTHER, last(40, SEEN))).singleElement().satisfies(objection -> {
			assertThat(objection.fact()).isEqualTo("on the volume of claim 'gitea/data' is ext4 "
					+ "00000000-0000-4000-8000-000000000001, and was ext4 6f1b3c1e-2a4d-4e8f-9a0b-1c2d3e4f5a6b at "
					+ "2026-11-21T02:30:04Z: it was formatted anew, or is another one");
			assertThat(objection.kind()).isEqualTo(Objection.Kind.RECREATED);
		});
	}

	@ParameterizedTest(name = "of {0} MiB {1} are left, by {2} % it may shrink: {3}")
	@CsvSource({ "100, 50, 50, true", "100, 49, 50, false", "100, 99, 1, true", "100, 98, 1, false", "100, 1, 99, true",
			"100, 0, 99, false", "0, 0, 50, true", "3, 2, 50, true", "3, 1, 50, false", "1, 0, 50, false",
			"100, 100, 50, true", "100, 4000, 50, true" })
	void whatItHoldsMayShrinkByAShare(long before, long now, int shrink, boolean passes) {
		Guard guard = new Guard(shrink, Accepted.NOTHING);

		assertThat(guard.afterBackup(made(now), OURS, last(before, SEEN)).isEmpty()).isEqualTo(passes);
	}

	@Test
	void saysHowMuchWasLost() {
		assertThat(GUARD.afterBackup(made(4), OURS, last(40, SEEN))).singleElement().satisfies(objection -> {
			assertThat(objection.fact()).isEqualTo("the volume of claim 'gitea/data' holds 4 MiB, and held 40 MiB at "
					+ "2026-11-21T02:30:04Z: more than 50 % of it are gone");
			assertThat(objection.kind()).isEqualTo(Objection.Kind.SHRUNK);
		});
	}

	@Test
	void sharesOfTheLargestVolumesDoNotOverflow() {
		VolumeBackup huge = backup(Long.MAX_VALUE, SEEN);

		assertThat(GUARD.afterBackup(backup(Long.MAX_VALUE / 2 + 1, null), OURS, huge)).isEmpty();
		assertThat(GUARD.afterBackup(backup(Long.MAX_VALUE / 2 - 1, null), OURS, huge)).hasSize(1);
	}

	@Test
	void saysEverythingThatIsWrong() {
		assertThat(GUARD.afterBackup(made(4), OTHER, last(40, SEEN))).extracting(Objection::kind)
			.containsExactly(Objection.Kind.RECREATED, Objection.Kind.SHRUNK);
	}

	@Test
	void aFileSystemThatIsNotKnownRefusesNothing() {
		assertThat(GUARD.afterBackup(made(40), null, last(40, SEEN))).isEmpty();
		assertThat(GUARD.afterBackup(made(40), OTHER, last(40, null))).isEmpty();
		assertThat(GUARD.afterBackup(made(40), OTHER, ofAnOlderProgram(40))).isEmpty();
		assertThat(GUARD.beforeBackup(CLAIM, ByteSize.ZERO, ofAnOlderProgram(40))).isEmpty();
	}

	/** Else a volume would only have to be overwritten for one night to be accepted. */
	@Test
	void aFileSystemThatIsNotKnownAcceptsNothing() {
		SeenFileSystem afterANightOfNoise = GUARD.remembered(CLAIM, null, TONIGHT, last(40, SEEN));

		assertThat(afterANightOfNoise).isEqualTo(SEEN);
		assertThat(GUARD.afterBackup(made(40), OTHER, last(40, afterANightOfNoise))).hasSize(1);
	}

	@Test
	void remembersTheNewestFileSystem() {
		assertThat(GUARD.remembered(CLAIM, OURS, TONIGHT, last(40, SEEN))).isEqualTo(new SeenFileSystem(OURS, TONIGHT));
		assertThat(GUARD.remembered(CLAIM, OURS, TONIGHT, null)).isEqualTo(new SeenFileSystem(OURS, TONIGHT));
		assertThat(GUARD.remembered(CLAIM, null, TONIGHT, null)).isNull();
		assertThat(GUARD.remembered(CLAIM, null, TONIGHT, ofAnOlderProgram(40))).isNull();
	}

	@Test
	void whatIsAcceptedAsRecreatedMayBeAnything() {
		Guard guard = new Guard(50, new Accepted(Set.of(CLAIM), Set.of()));

		assertThat(guard.beforeBackup(CLAIM, ByteSize.ZERO, last(40, SEEN))).isEmpty();
		assertThat(guard.afterBackup(made(0), OTHER, last(40, SEEN))).isEmpty();
		assertThat(guard.remembered(CLAIM, null, TONIGHT, last(40, SEEN))).isNull();
	}

	/** Somebody who has trimmed a volume has not looked at its file system. */
	@Test
	void whatIsAcceptedAsShrunkMayNotBeAnotherVolume() {
		Guard guard = new Guard(50, new Accepted(Set.of(), Set.of(CLAIM)));

		assertThat(guard.afterBackup(made(0), OURS, last(40, SEEN))).isEmpty();
		assertThat(guard.afterBackup(made(0), OTHER, last(40, SEEN))).extracting(Objection::kind)
			.containsExactly(Objection.Kind.RECREATED);
		assertThat(guard.beforeBackup(CLAIM, ByteSize.ZERO, last(40, SEEN))).isPresent();
	}

	@Test
	void whatIsAcceptedForOneClaimIsNotForAnother() {
		Guard guard = new Guard(50, new Accepted(Set.of(ClaimRef.parse("gitea/db")), Set.of(ClaimRef.parse("a/b"))));

		assertThat(guard.afterBackup(made(0), OTHER, last(40, SEEN))).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 100, 1000 })
	void refusesAShareThatGuardsNothingOrEverything(int shrink) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new Guard(shrink, Accepted.NOTHING))
			.withMessage("a volume may shrink by 1 to 99 percent, not by " + shrink);
	}

	private static VolumeBackup made(long mebibytes) {
		return backup(ByteSize.ofMebibytes(mebibytes).bytes(), null);
	}

	private static VolumeBackup last(long mebibytes, @Nullable SeenFileSystem seen) {
		return backup(ByteSize.ofMebibytes(mebibytes).bytes(), seen);
	}

	private static VolumeBackup ofAnOlderProgram(long mebibytes) {
		VolumeBackup backup = made(mebibytes);
		return new VolumeBackup(backup.claim(), backup.volume(), backup.snapshot(), backup.snapshotAt(),
				backup.backup(), backup.size());
	}

	private static VolumeBackup backup(long bytes, @Nullable SeenFileSystem seen) {
		return new VolumeBackup(CLAIM, new VolumeName("pvc-1"), new SnapshotName("snapshot"), YESTERDAY,
				new BackupName("backup"), new ByteSize(bytes),
				new Original(ByteSize.ofMebibytes(64), 3, seen, ClaimObjects.absent("none")));
	}

}
