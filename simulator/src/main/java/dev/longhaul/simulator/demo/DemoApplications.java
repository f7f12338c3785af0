package dev.longhaul.simulator.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.simulator.VolumePlan;

/**
 * What runs in the demo's cluster: what runs in most small ones.
 */
final class DemoApplications {

	/** The claim of what Git repositories are on. */
	static final String REPOSITORIES = "gitea-shared-storage";

	private static final int REPLICAS = 3;

	private static final int KIB = 1024;

	private static final int MIB = 1024 * 1024;

	private DemoApplications() {
	}

	static List<DemoApplication> all() {
		return List.of(vaultwarden(), gitea(), nextcloud());
	}

	private static DemoApplication vaultwarden() {
		return new DemoApplication(new ApplicationName("vaultwarden"),
				List.of(volume("vaultwarden", "vaultwarden-data", 512, DemoApplications::writeVault)));
	}

	private static DemoApplication gitea() {
		return new DemoApplication(new ApplicationName("gitea"),
				List.of(volume("gitea", REPOSITORIES, 1024, DemoApplications::writeRepositories),
						volume("gitea", "data-gitea-postgresql-0", 512, DemoApplications::writeTables)));
	}

	private static DemoApplication nextcloud() {
		return new DemoApplication(new ApplicationName("nextcloud"),
				List.of(volume("nextcloud", "nextcloud-nextcloud", 2048, DemoApplications::writePhotos)));
	}

	private static VolumePlan volume(String namespace, String claim, long mebibytes, VolumePlan.Contents contents) {
		ClaimRef reference = new ClaimRef(namespace, claim);
		UUID id = UUID.nameUUIDFromBytes(reference.toString().getBytes(StandardCharsets.UTF_8));
		return new VolumePlan(new VolumeName("pvc-" + id), ByteSize.ofMebibytes(mebibytes), reference,
				VolumePlan.USUAL_CLASS, REPLICAS, contents);
	}

	private static void writeVault(Path directory) throws IOException {
		DemoVault.create(directory.resolve("db.sqlite3"));
		new DemoFiles(directory, 1).text("rsa_key.pem", 2 * KIB)
			.text("config.json", 3 * KIB)
			.photos("attachments/cipher-00001", 6, 2 * MIB);
	}

	private static void writeRepositories(Path directory) throws IOException {
		new DemoFiles(directory, 2).text("gitea/conf/app.ini", 6 * KIB)
			.photo("gitea/attachments/release-1.zip", 14 * MIB)
			.text("gitea/log/gitea.log", 4 * MIB);
	}

	private static void writeTables(Path directory) throws IOException {
		DemoFiles files = new DemoFiles(directory, 3).text("PG_VERSION", 3);
		for (int table = 1; table <= 12; table++) {
			files.text("base/16384/" + (16384 + table), 2 * MIB);
		}
		files.photo("pg_wal/000000010000000000000001", 16 * MIB);
	}

	private static void writePhotos(Path directory) throws IOException {
		new DemoFiles(directory, 4).text("config/config.php", 2 * KIB)
			.text("data/nextcloud.log", 2 * MIB)
			.photos("data/owner/files/Photos/2026", 20, 3 * MIB);
	}

}
