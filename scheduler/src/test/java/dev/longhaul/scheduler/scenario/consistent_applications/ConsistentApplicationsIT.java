package dev.longhaul.scheduler.scenario.consistent_applications;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.scheduler.scenario.Tool;
import dev.longhaul.simulator.Kubectl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: whatever an application does, its restore points belong together. Method: nights
 * at random moments while three applications are written to without end; each restore
 * point is restored from the bucket, its database started and its rows compared with its
 * files. Without profiles the same nights show that the comparison finds something.
 */
class ConsistentApplicationsIT {

	private static final long SEED = 20261122;

	/** Of every build; with {@code -Dnights=100} many more. */
	private static final int NIGHTS = Integer.getInteger("nights", 30);

	/** Without profiles, two applications of three disagree every other night or so. */
	private static final int FEW = 25;

	private static final int PAGE = 4096;

	private static final int LONGEST_PAUSE_MILLIS = 300;

	private static final List<JudgedApplication> APPLICATIONS = List.of(new Cloud(), new Vault(), new Forge());

	private static Household household;

	private final Random random = new Random(SEED);

	@BeforeAll
	static void open(@TempDir Path directory) throws IOException {
		Tool.requireRoot();
		Tool.require("mariadbd", "mariadb", "mariadb-check", "mariadb-install-db", "postgres", "pg_amcheck", "psql",
				"sqlite3", "setpriv", "debugfs");
		household = Household.open(directory, APPLICATIONS, SEED);
	}

	@AfterAll
	static void close() throws IOException {
		if (household != null) {
			household.close();
		}
	}

	@Test
	void withoutProfilesRowsAndFilesSoonDisagree() throws Exception {
		household.declare(JudgedApplication::unaware);

		Set<String> disagreed = new HashSet<>();
		for (int night = 0; night < FEW && disagreed.size() < 2; night++) {
			pause();
			Map<String, List<Disagreement>> wrong = household.judge(household.night()).await();
			assertThat(wrong.values()).as("a snapshot is of one moment, so databases are sound")
				.allSatisfy(each -> assertThat(each).extracting(Disagreement::kind)
					.doesNotContain(Disagreement.Kind.DATABASE_DAMAGED));
			disagreed.addAll(wrong.keySet());
		}

		assertThat(disagreed).as("applications of two volumes").containsExactlyInAnyOrder("cloud", "forge");
	}

	/** A hundred nights take their time. */
	@Test
	@Timeout(value = 30, unit = TimeUnit.MINUTES)
	void withProfilesEveryRestorePointBelongsTogether() throws Exception {
		household.declare(JudgedApplication::quiet);

		List<Verdicts> verdicts = new ArrayList<>();
		for (int night = 0; night < NIGHTS; night++) {
			pause();
			RunManifest manifest = household.night();
			assertThat(household.checked(manifest.night(), new Vault())).as("Vaultwarden's own databases")
				.containsExactly("sqlite db.sqlite3 on vault/data", "sqlite longhaul-copy.sqlite3 on vault/data");
			verdicts.add(household.judge(manifest));
			if (night > 0) {
				assertNothingIsWrong(verdicts.get(night - 1));
			}
		}
		assertNothingIsWrong(verdicts.get(NIGHTS - 1));

		for (JudgedApplication application : APPLICATIONS) {
			Household.awaitServed(household.scene().cluster().kubectl(), application);
		}
	}

	@Test
	void judgeSeesWhatIsTakenAwayAndWhatIsDamaged() throws Exception {
		household.declare(JudgedApplication::quiet);
		RunManifest manifest = household.night();

		assertThat(tamperedWith(manifest, new Cloud(), "cloud/files",
				files -> Files.delete(someFile(files.resolve("data")))))
			.extracting(Disagreement::kind)
			.containsExactly(Disagreement.Kind.ROW_WITHOUT_FILE);
		assertThat(tamperedWith(manifest, new Forge(), "forge/repositories",
				files -> Files.writeString(someFile(files.resolve("repositories")), "other",
						StandardOpenOption.APPEND)))
			.extracting(Disagreement::kind)
			.containsExactly(Disagreement.Kind.OTHER_CONTENT);
		assertThat(tamperedWith(manifest, new Cloud(), "cloud/db", files -> {
			damage(files.resolve("nextcloud/oc_filecache.ibd"));
			// It would be healed from the pages written twice, which lie in here.
			damage(files.resolve("ibdata1"));
		})).extracting(Disagreement::kind).contains(Disagreement.Kind.DATABASE_DAMAGED);
		assertThat(tamperedWith(manifest, new Forge(), "forge/db", files -> damageEach(files.resolve("pgdata/base"))))
			.extracting(Disagreement::kind)
			.contains(Disagreement.Kind.DATABASE_DAMAGED);
		assertThat(tamperedWith(manifest, new Vault(), "vault/data", files -> damage(Vault.copies(files).get(0))))
			.extracting(Disagreement::kind)
			.contains(Disagreement.Kind.DATABASE_DAMAGED);
	}

	@Test
	void maintenanceModeEndsRequestsUntilItIsSwitchedOff() throws InterruptedException {
		Kubectl kubectl = household.scene().cluster().kubectl();
		Kubectl.Result on = kubectl.exec("cloud", "nextcloud", "php", "occ", "maintenance:mode", "--on");
		assertThat(on.output()).as(on.errors()).isEqualTo("Maintenance mode enabled\n");
		// The request under way.
		Pause.real().of(Duration.ofSeconds(1));
		kubectl.exec("cloud", "nextcloud", "rm", "-f", "/tmp/served");

		Pause.real().of(Duration.ofSeconds(1));
		assertThat(kubectl.exec("cloud", "nextcloud", "test", "-e", "/tmp/served").exitCode()).isEqualTo(1);

		kubectl.exec("cloud", "nextcloud", "php", "occ", "maintenance:mode", "--off");
		Household.awaitServed(kubectl, new Cloud());
	}

	/**
	 * What the judge says of a restore point if something is done to the files of a
	 * claim.
	 */
	private static List<Disagreement> tamperedWith(RunManifest manifest, JudgedApplication application, String claim,
			Tampering tampering) throws IOException {
		Path directory = Judge.directory();
		try {
			RestorePoint point = Household.point(manifest, application);
			Map<ClaimRef, Path> volumes = household.judge().restore(point, directory);
			tampering.with(volumes.get(ClaimRef.parse(claim)));
			return Judge.judge(application, volumes, directory);
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	private static Path someFile(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter(Files::isRegularFile)
				.filter(file -> !file.toString().endsWith(".part") && !file.toString().endsWith(".tmp"))
				.findFirst()
				.orElseThrow();
		}
	}

	/** Turns bits over in every page but the first. */
	private static void damage(Path file) throws IOException {
		byte[] bytes = Files.readAllBytes(file);
		for (int i = PAGE; i < bytes.length; i += PAGE / 8) {
			bytes[i] ^= 0x10;
		}
		Files.write(file, bytes);
	}

	/** The tables that somebody has made; they have the highest numbers. */
	private static void damageEach(Path base) throws IOException {
		try (Stream<Path> files = Files.walk(base)) {
			for (Path file : files.filter(path -> path.getFileName().toString().matches("1[6-9]\\d{3}")).toList()) {
				byte[] bytes = Files.readAllBytes(file);
				for (int i = PAGE / 16; i < bytes.length; i += PAGE / 8) {
					bytes[i] ^= 0x10;
				}
				Files.write(file, bytes);
			}
		}
	}

	/** Changes files that were restored. */
	@FunctionalInterface
	private interface Tampering {

		void with(Path files) throws IOException;

	}

	private static void assertNothingIsWrong(Verdicts verdicts) throws Exception {
		assertThat(verdicts.await()).as("what is wrong with %s, seed %d", verdicts.night(), SEED).isEmpty();
	}

	private void pause() throws InterruptedException {
		Pause.real().of(Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS)));
	}

}
