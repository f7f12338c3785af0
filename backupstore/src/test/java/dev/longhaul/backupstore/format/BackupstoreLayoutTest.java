package dev.longhaul.backupstore.format;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The keys of the table of test vectors in {@code docs/backupstore-format.md}.
 */
class BackupstoreLayoutTest {

	private static final VolumeName VOLUME = new VolumeName("test-vol");

	private static final String CHECKSUM = "731859029215873fdac1c9f2f8bd25a334abf0f3a9e1b057cf2cacc2826d86b0";

	private static final String FOLDER = "backupstore/volumes/d0/2f/test-vol/";

	private final BackupstoreLayout layout = new BackupstoreLayout("");

	@ParameterizedTest
	@CsvSource({ "test-vol, backupstore/volumes/d0/2f/test-vol/",
			"pvc-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9, backupstore/volumes/86/12/pvc-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/",
			"BACKINGIMAGE, backupstore/volumes/22/fc/BACKINGIMAGE/" })
	void putsAVolumeWhereTheHashOfItsNameSays(String volume, String folder) {
		assertThat(layout.volumePrefix(new VolumeName(volume))).isEqualTo(folder);
	}

	@Test
	void namesEveryKindOfObjectAsLonghornDoes() {
		BackupName backup = new BackupName("backup-0123456789abcdef");
		Checksum checksum = Checksum.parse(CHECKSUM);

		assertThat(layout.volumeConfig(VOLUME)).isEqualTo(FOLDER + "volume.cfg");
		assertThat(layout.manifest(VOLUME, backup)).isEqualTo(FOLDER + "backups/backup_backup-0123456789abcdef.cfg");
		assertThat(layout.block(VOLUME, checksum)).isEqualTo(FOLDER + "blocks/73/18/" + CHECKSUM + ".blk");
		assertThat(layout.locksPrefix(VOLUME)).isEqualTo(FOLDER + "locks/");
	}

	@Test
	void takesApartEveryKeyItBuilds() {
		BackupName backup = new BackupName("backup_1.cfg");
		Checksum checksum = Checksum.parse(CHECKSUM);

		assertThat(layout.parse(layout.volumeConfig(VOLUME))).contains(new StoreKey.VolumeConfigKey(VOLUME));
		assertThat(layout.parse(layout.manifest(VOLUME, backup))).contains(new StoreKey.ManifestKey(VOLUME, backup));
		assertThat(layout.parse(layout.block(VOLUME, checksum))).contains(new StoreKey.BlockKey(VOLUME, checksum));
		assertThat(layout.parse(FOLDER + "locks/lock-0a1b2c3d4e5f6071.lck")).contains(new StoreKey.LockKey(VOLUME));
	}

	@Test
	void looksBelowThePathOfTheTargetOnly() {
		BackupstoreLayout deeper = new BackupstoreLayout("cluster/home/");

		assertThat(deeper.volumeConfig(VOLUME)).isEqualTo("cluster/home/" + FOLDER + "volume.cfg");
		assertThat(deeper.parse("cluster/home/" + FOLDER + "volume.cfg")).isPresent();
		assertThat(deeper.parse(FOLDER + "volume.cfg")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "backupstore/volumes/", FOLDER, FOLDER + "volume.cfg.tmp.17", FOLDER + "other.cfg",
			"backupstore/volumes/d0/2e/test-vol/volume.cfg", "backupstore/volumes/D0/2F/test-vol/volume.cfg",
			"backupstore/volumes/d0/2f/../test-vol/volume.cfg", "backupstore/volumes/d0/2f//volume.cfg",
			FOLDER + "backups/backup_.cfg", FOLDER + "backups/backup_x.cfg", FOLDER + "backups/backup_../x.cfg",
			FOLDER + "backups/backup-1.cfg", FOLDER + "backups/backup_one.cfg.tmp.1",
			FOLDER + "backups/deeper/backup_one.cfg", FOLDER + "locks/lock-0a1b.lck",
			FOLDER + "locks/lock-0A1B2C3D4E5F6071.lck", FOLDER + "BackupFiles/old.bak",
			FOLDER + "blocks/73/18/" + CHECKSUM, FOLDER + "blocks/73/19/" + CHECKSUM + ".blk",
			FOLDER + "blocks/" + CHECKSUM + ".blk", FOLDER + "blocks/73/18/" + CHECKSUM + ".blk.tmp.5",
			FOLDER + "blocks/73/18/731859029215873FDAC1c9f2f8bd25a334abf0f3a9e1b057cf2cacc2826d86b0.blk" })
	void doesNotTrustAKeyThatLonghornWouldNotWrite(String key) {
		assertThat(layout.parse(key)).isEmpty();
	}

	@Test
	void findsTheEdgesOfTheBlocksInTheOrderOfKeys() {
		Checksum checksum = Checksum.parse(CHECKSUM);
		String key = layout.block(VOLUME, checksum);

		assertThat(layout.justBeforeBlock(VOLUME, checksum)).isLessThan(key)
			.isGreaterThan(layout.block(VOLUME, Checksum.parse(CHECKSUM.replace("86b0", "86af"))));
		assertThat(layout.afterBlocks(VOLUME)).isGreaterThan(key).isLessThan(layout.locksPrefix(VOLUME));
	}

	@Test
	void refusesAPathThatWouldRunIntoTheNextName() {
		assertThatIllegalArgumentException().isThrownBy(() -> new BackupstoreLayout("cluster"))
			.withMessage("the path of a target is empty or ends with '/': 'cluster'");
	}

}
