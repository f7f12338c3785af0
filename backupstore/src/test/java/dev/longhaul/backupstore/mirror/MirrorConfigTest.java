package dev.longhaul.backupstore.mirror;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.backupstore.mirror.MirroredBackup.State;
import dev.longhaul.backupstore.verify.ProblemKind;
import dev.longhaul.core.failure.ExitStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the {@code volume.cfg} of a copy says.
 */
class MirrorConfigTest extends MirrorScene {

	@BeforeEach
	void givenBackups() {
		givenTwoBackupsSharingBlocks();
	}

	@Test
	void namesTheNewestBackupThatIsThereWhereTheLastOneIsNot() {
		source.remove(volume.blockKey(4));

		MirrorReport report = mirror();

		assertThat(report.volumes().get(0).config()).isEqualTo(ConfigOutcome.ADAPTED);
		assertThat(text(there(volume.configKey()))).isEqualTo(config("one", "2026-11-18", 64));
		assertThat(mirror().volumes().get(0).config()).isEqualTo(ConfigOutcome.HELD);
	}

	@Test
	void namesNoBackupThatWasBegunAfterTheListing() {
		putConfig("three", "2026-11-22", 64);

		MirrorReport report = mirror();

		assertThat(report.volumes().get(0).config()).isEqualTo(ConfigOutcome.ADAPTED);
		assertThat(configThere().lastBackupName()).isEqualTo("two");
		assertThat(configThere().lastBackupAt()).isEqualTo(Instant.parse("2026-11-19T02:30:00Z"));
	}

	@Test
	void isNotWrittenBeforeThereIsABackup() {
		source.remove(volume.blockKey(1));

		MirrorReport report = mirror();

		assertThat(report.count(State.DAMAGED)).isEqualTo(2);
		assertThat(report.volumes().get(0).config()).isEqualTo(ConfigOutcome.WITHHELD);
		assertThat(destination.dataPuts()).allMatch(key -> key.endsWith(".blk"));
	}

	@Test
	void staysWhereItIsOfALaterBackup() {
		mirror();
		givenABackupOnlyInTheDestination();
		put(destination, there(volume.configKey()), config("only", "2026-11-21", 64));

		MirrorReport report = mirror();

		assertThat(report.volumes().get(0).config()).isEqualTo(ConfigOutcome.KEPT);
		assertThat(configThere().lastBackupName()).isEqualTo("only");
		assertThat(destination.dataPuts()).filteredOn(there(volume.configKey())::equals).hasSize(1);
	}

	@Test
	void staysWhereItIsOfALargerVolume() {
		mirror();
		put(destination, there(volume.configKey()), config("one", "2026-11-18", 128));

		assertThat(mirror().volumes().get(0).config()).isEqualTo(ConfigOutcome.KEPT);
		assertThat(configThere().size().bytes()).isEqualTo(128 * 2097152L);
	}

	@Test
	void isReplacedWhereItNamesABackupThatIsNotThere() {
		mirror();
		put(destination, there(volume.configKey()), config("gone", "2026-11-21", 64));

		assertThat(mirror().volumes().get(0).config()).isEqualTo(ConfigOutcome.COPIED);
		assertIsACopy();
	}

	@Test
	void isReplacedWhereItCannotBeRead() {
		mirror();
		put(destination, there(volume.configKey()), "{");

		mirror();

		assertIsACopy();
	}

	@Test
	void doesNotGoBackBecauseLonghornBeganItAnew() {
		mirror();
		putConfig("", "", 64);

		assertThat(mirror().volumes().get(0).config()).isEqualTo(ConfigOutcome.KEPT);
		assertThat(configThere().lastBackupName()).isEqualTo("two");
	}

	@ParameterizedTest
	@ValueSource(strings = { "missing", "unreadable" })
	void isReportedWhereTheSourceHasNoneAndTheBackupsAreCopiedAllTheSame(String how) {
		if (how.equals("missing")) {
			source.remove(volume.configKey());
		}
		else {
			put(source, volume.configKey(), "{\"Name\":\"another\"}");
		}

		MirrorReport report = mirror();

		assertThat(report.volumes().get(0).problems()).hasSize(1)
			.allSatisfy(problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.UNREADABLE_MANIFEST));
		assertThat(report.count(State.COPIED)).isEqualTo(2);
		assertThat(report.volumes().get(0).config()).isEqualTo(ConfigOutcome.WITHHELD);
		assertThat(report.status()).isEqualTo(ExitStatus.DAMAGE);
	}

	@Test
	void isNotMissedWhereAVolumeHasNoBackupAnyMore() {
		source.delete(source.keys("backupstore/"));
		volume.putLock("0a1b2c3d4e5f6071", Instant.EPOCH);

		MirrorReport report = mirror();

		assertThat(report.status()).isEqualTo(ExitStatus.PROVEN);
		assertThat(report.volumes()).hasSize(1);
		assertThat(destination.puts).isEmpty();
	}

	private void givenABackupOnlyInTheDestination() {
		volume.putBlock(7, CompressionMethod.LZ4);
		putManifest("only", "2026-11-21", 7);
		for (String key : new String[] { volume.blockKey(7), volume.manifestKey("only") }) {
			destination.putUnseen(there(key), source.content(key));
			source.remove(key);
		}
	}

	private String text(String key) {
		return new String(contents(destination, key).get(key), StandardCharsets.UTF_8);
	}

}
