package dev.longhaul.backupstore.mirror;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.directory.DirectoryObjectStore;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.backupstore.inventory.VolumeConfigs;
import dev.longhaul.backupstore.mirror.MirroredBackup.State;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.backupstore.testing.RealBackups;
import dev.longhaul.backupstore.verify.BackupReport;
import dev.longhaul.backupstore.verify.ContentDigest;
import dev.longhaul.backupstore.verify.Selection;
import dev.longhaul.backupstore.verify.VerificationListener;
import dev.longhaul.backupstore.verify.VerificationReport;
import dev.longhaul.backupstore.verify.Verifier;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.volume.VolumeName;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Backups that Longhorn's own engine wrote, from one directory to another.
 */
class MirrorRealBackupsTest {

	private static final BackupstoreLayout LAYOUT = new BackupstoreLayout("");

	private static final VolumeName VOLUME = new VolumeName("pvc-3f1d8a52-7c64-4b0e-9a2f-1c5e8d7b6a90");

	private final Clock clock = Clock.systemUTC();

	@TempDir
	private Path copy;

	@ParameterizedTest
	@ValueSource(strings = { "a", "c" })
	void areTheSameByteForByteAndProven(String set) throws IOException {
		Path original = RealBackups.findOrAbort().target(set);

		MirrorReport report = mirror(original);

		assertThat(report.status()).isEqualTo(ExitStatus.PROVEN);
		assertThat(report.count(State.COPIED)).isEqualTo(4);
		assertThat(files(copy)).containsExactlyInAnyOrderEntriesOf(files(original));
		VerificationReport proof = verify();
		assertThat(proof.count(BackupReport.State.PROVEN)).isEqualTo(4);
		assertThat(proof.hasDamage()).isFalse();
		assertThat(mirror(original).destination().writes()).isZero();
	}

	@Test
	void areCopiedAsFarAsTheyAreHealthy() throws Exception {
		Path original = RealBackups.findOrAbort().target("f");

		MirrorReport report = mirror(original);

		assertThat(report.status()).isEqualTo(ExitStatus.DAMAGE);
		assertThat(report.volumes().get(0).backups()).extracting(backup -> backup.name().value(), MirroredBackup::state)
			.containsExactly(Tuple.tuple("backup-7a6f765e17888503", State.DAMAGED),
					Tuple.tuple("backup-7ab083b31647efb3", State.COPIED),
					Tuple.tuple("backup-9682af7cd470ade3", State.DAMAGED),
					Tuple.tuple("backup-0dead0beef000001", State.IN_PROGRESS),
					Tuple.tuple("backup-45dde0fa9684d7bc", State.UNREADABLE));
		VerificationReport proof = verify();
		assertThat(proof.hasDamage()).isFalse();
		assertThat(proof.backups()).extracting(backup -> backup.name().value())
			.containsExactly("backup-7ab083b31647efb3");
		VolumeConfig config = VolumeConfigs.parse(Files.readAllBytes(copy.resolve(LAYOUT.volumeConfig(VOLUME))),
				VOLUME);
		assertThat(config.lastBackupName()).isEqualTo("backup-7ab083b31647efb3");
	}

	@Test
	void areTheSameIfTheDamagedSourceIsCopiedOverAHealthyCopy() throws IOException {
		RealBackups real = RealBackups.findOrAbort();
		mirror(real.target("a"));
		Map<String, String> healthy = files(copy);

		MirrorReport report = mirror(real.target("f"));

		assertThat(report.status()).isEqualTo(ExitStatus.DAMAGE);
		assertThat(files(copy)).isEqualTo(healthy);
	}

	private MirrorReport mirror(Path original) {
		try (DirectoryObjectStore from = new DirectoryObjectStore(original);
				DirectoryObjectStore to = new DirectoryObjectStore(copy)) {
			return new Mirror(new Side(from, LAYOUT), new Side(to, LAYOUT),
					Mirror.Settings.of(Concurrency.DEFAULT, Healing.TRUST_LISTING, Seal.none()), clock, duration -> {
					})
				.run(Set.of(), MirrorListener.NONE);
		}
	}

	private VerificationReport verify() {
		try (DirectoryObjectStore store = new DirectoryObjectStore(copy)) {
			return new Verifier(store, LAYOUT, clock, duration -> {
			}, Concurrency.DEFAULT).verify(Selection.ALL, VerificationListener.NONE);
		}
	}

	/** Every file with what is in it. */
	private static Map<String, String> files(Path root) throws IOException {
		Map<String, String> files = new TreeMap<>();
		try (Stream<Path> all = Files.walk(root)) {
			for (Path file : all.filter(Files::isRegularFile).toList()) {
				files.put(root.relativize(file).toString(), ContentDigest.of(Files.readAllBytes(file)).sha256());
			}
		}
		return files;
	}

}
