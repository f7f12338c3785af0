package dev.longhaul.backupstore.mirror;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.mirror.MirroredBackup.State;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Longhorn works on the same volume, in the source or in the destination.
 */
class MirrorLockTest extends MirrorScene {

	private static final String DELETION = "{\"Name\":\"lock-00000000000000d1\",\"Type\":2,\"Acquired\":true}";

	private static final String BACKUP = "{\"Name\":\"lock-00000000000000b1\",\"Type\":1,\"Acquired\":true}";

	private static final String FOREIGN = LOCKS + "lock-00000000000000f1.lck";

	@BeforeEach
	void givenBackups() {
		givenTwoBackupsSharingBlocks();
	}

	@AfterEach
	void noLockOfOursIsLeft() {
		assertThat(locksThere()).allMatch(key -> key.equals(there(FOREIGN)));
	}

	@Test
	void holdsALockInTheDestinationWhileItCopies() {
		List<Boolean> locked = new ArrayList<>();
		destination.beforePut = key -> {
			if (!key.endsWith(".lck")) {
				synchronized (locked) {
					locked.add(contents(destination, there(LOCKS)).values()
						.stream()
						.anyMatch(lock -> new String(lock, StandardCharsets.UTF_8)
							.contains("\"Type\":1,\"Acquired\":true")));
				}
			}
		};

		mirror();

		assertThat(locked).hasSize(7).containsOnly(true);
		assertThat(source.keys(LOCKS)).isEmpty();
	}

	@Test
	void waitsForTheEndOfADeletionInTheSource() {
		source.put(FOREIGN, DELETION.getBytes(StandardCharsets.UTF_8), clock.instant());
		Duration[] waited = { Duration.ZERO };
		whileWaiting = duration -> {
			waited[0] = waited[0].plus(duration);
			assertThat(destination.dataPuts()).isEmpty();
			if (waited[0].compareTo(Duration.ofMinutes(1)) >= 0 && !source.keys(FOREIGN).isEmpty()) {
				source.remove(FOREIGN);
			}
		};

		List<String> told = new ArrayList<>();
		MirrorReport report = mirror(source, destination, Healing.TRUST_LISTING, 100).run(Set.of(),
				new MirrorListener() {

					@Override
					public void waiting(VolumeName name, String what) {
						told.add(name + " " + what);
					}

				});

		assertThat(report.count(State.COPIED)).isEqualTo(2);
		assertThat(told).containsExactly("test-vol the end of a deletion in the source");
		assertThat(waited[0]).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
	}

	@Test
	void skipsAVolumeWhoseDeletionInTheSourceDoesNotEnd() {
		source.put(FOREIGN, DELETION.getBytes(StandardCharsets.UTF_8), clock.instant());
		whileWaiting = duration -> source.put(FOREIGN, DELETION.getBytes(StandardCharsets.UTF_8), clock.instant());

		MirrorReport report = mirror();

		assertThat(report.volumes().get(0).skipped()).isEqualTo("Longhorn is deleting backups of it in the source");
		assertThat(report.status()).isEqualTo(ExitStatus.UNAVAILABLE);
		assertThat(destination.puts).isEmpty();
		assertThat(Duration.between(NOW, clock.instant())).isEqualTo(Duration.ofMinutes(5));
	}

	@Test
	void skipsAVolumeWhoseDeletionInTheDestinationDoesNotEnd() {
		put(destination, there(FOREIGN), DELETION);
		whileWaiting = duration -> put(destination, there(FOREIGN), DELETION);

		MirrorReport report = mirror();

		assertThat(report.volumes().get(0).skipped())
			.isEqualTo("Longhorn is deleting backups of it in the destination");
		assertThat(report.status()).isEqualTo(ExitStatus.UNAVAILABLE);
		assertThat(destination.dataPuts()).isEmpty();
	}

	@Test
	void givesWayToADeletionThatComesAtTheSameMoment() {
		boolean[] came = { false };
		whileWaiting = duration -> {
			boolean settling = duration.equals(Duration.ofSeconds(2));
			if (settling && !came[0]) {
				came[0] = true;
				put(destination, there(FOREIGN), DELETION);
			}
			else if (!settling) {
				destination.delete(List.of(there(FOREIGN)));
			}
		};

		MirrorReport report = mirror();

		assertThat(came[0]).isTrue();
		assertThat(report.count(State.COPIED)).isEqualTo(2);
		assertThat(destination.puts.stream().filter(key -> key.endsWith(".lck"))).as("two attempts").hasSize(3);
	}

	@Test
	void isNotHeldUpByALockThatNobodyRefreshes() {
		put(destination, there(FOREIGN), DELETION);
		source.put(FOREIGN, DELETION.getBytes(StandardCharsets.UTF_8), clock.instant());
		clock.add(Duration.ofSeconds(151));

		assertThat(mirror().count(State.COPIED)).isEqualTo(2);
	}

	@Test
	void isNotHeldUpByOtherBackups() {
		put(destination, there(FOREIGN), BACKUP);
		source.put(FOREIGN, BACKUP.getBytes(StandardCharsets.UTF_8), clock.instant());

		assertThat(mirror().count(State.COPIED)).isEqualTo(2);
		assertThat(Duration.between(NOW, clock.instant())).as("what settling takes").isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void isNotHeldUpByTheLockOfARunThatWasKilled() {
		put(destination, there(FOREIGN), BACKUP);

		assertThat(mirror().count(State.COPIED)).isEqualTo(2);
		assertThat(destination.deletions).noneMatch(key -> key.equals(there(FOREIGN)));
	}

	@Test
	void copiesAgainWhatADeletionTookJustBeforeTheLock() {
		mirror();
		source.put(volume.configKey(), config("two", "2026-11-20", 64).getBytes(StandardCharsets.UTF_8),
				clock.instant());
		boolean[] deleted = { false };
		destination.beforePut = key -> {
			if (key.endsWith(".lck") && !deleted[0]) {
				deleted[0] = true;
				destination.delete(List.of(there(volume.manifestKey("one")), there(volume.blockKey(3))));
			}
		};

		MirrorReport report = mirror();

		assertThat(deleted[0]).isTrue();
		assertThat(state(report, "one")).isEqualTo(State.COPIED);
		assertIsACopy();
	}

	@Test
	void writesNoManifestOnceItsLockHasLapsed() {
		destination.beforePut = key -> {
			if (key.endsWith(".blk")) {
				clock.add(Duration.ofSeconds(60));
			}
		};

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(this::mirror)
			.withMessageMatching("the lock .*/lock-[0-9a-f]{16}.lck could not be refreshed in time, .*")
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.TIMED_OUT));
		assertThat(destination.dataPuts()).hasSize(4).allMatch(key -> key.endsWith(".blk"));
	}

	@Test
	void removesItsLockWhenTheDestinationFails() {
		destination.beforePut = key -> {
			if (key.equals(there(volume.manifestKey("two")))) {
				throw new TransientFailure(FailureCode.TARGET_UNREACHABLE, "away", "wait");
			}
		};

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(this::mirror).withMessage("away");
		assertThat(contents(destination, there(volume.manifestKey("one")))).hasSize(1);
	}

	@Test
	void removesItsLockWhenItIsToldToStop() {
		Thread toStop = Thread.currentThread();
		source.onOpen(key -> {
			if (key.equals(volume.blockKey(4))) {
				toStop.interrupt();
			}
		});

		assertThatExceptionOfType(Interruption.class).isThrownBy(this::mirror);

		assertThat(Thread.interrupted()).isTrue();
		assertThat(destination.deletions).hasSize(1);
	}

	@Test
	void removesItsLockWhenItIsToldToStopWhileItTakesIt() {
		Mirror mirror = new Mirror(new Side(source, new BackupstoreLayout("")), new Side(destination, COPY),
				Mirror.Settings.of(Concurrency.DEFAULT, Healing.TRUST_LISTING, Seal.none()), clock, duration -> {
					throw new InterruptedException();
				});

		assertThatExceptionOfType(Interruption.class).isThrownBy(() -> mirror.run(Set.of(), MirrorListener.NONE));

		assertThat(Thread.interrupted()).isTrue();
		assertThat(destination.puts).hasSize(1);
	}

}
