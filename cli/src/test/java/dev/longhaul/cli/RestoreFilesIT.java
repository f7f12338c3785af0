package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.image.Tools;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A laptop, a bucket and nothing else: the program as it is shipped takes files out of
 * backups that Longhorn's own engine wrote, and is killed while it does.
 */
class RestoreFilesIT {

	@TempDir
	private Path directory;

	private CopiedBackups bucket;

	@BeforeEach
	void copyBackups() {
		Assumptions.assumeTrue(Tools.PLACES.stream().anyMatch(place -> Files.isExecutable(place.resolve("e2fsck"))),
				"e2fsck is not installed");
		bucket = CopiedBackups.of("a", directory);
	}

	@Test
	void killedAtAnyMomentItGoesOnAndComesToTheSameFiles() throws Exception {
		Path whole = directory.resolve("whole");
		Path killed = directory.resolve("killed");
		assertThat(restore(whole).status()).isZero();

		for (int millis = 300; millis <= 1500; millis += 300) {
			Program program = restore(killed);
			Awaitility.await()
				.pollDelay(Duration.ofMillis(millis))
				.atMost(Duration.ofMinutes(1))
				.until(() -> program.hasEnded() || isBegun(killed));
			program.signal("KILL");
			program.status();
			if (Files.exists(killed.resolve("shop_data-db-0"))) {
				assertThat(listing(killed.resolve("shop_data-db-0")))
					.isEqualTo(listing(whole.resolve("shop_data-db-0")));
			}
		}
		Program last = restore(killed);

		assertThat(last.status()).as(last.errors()).isZero();
		assertThat(listing(killed)).isEqualTo(listing(whole));
		assertThat(Files.readAllLines(killed.resolve("shop_data-db-0.files.jsonl")))
			.isEqualTo(Files.readAllLines(whole.resolve("shop_data-db-0.files.jsonl")));
	}

	/** Whatever it is doing then: each try is told a little later or earlier. */
	@RepeatedTest(10)
	void toldToStopItLeavesNothingBehind() throws Exception {
		Path stopped = directory.resolve("stopped");
		Program program = restore(stopped);
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> program.hasEnded() || isBegun(stopped));

		program.signal("TERM");

		int status = program.status();
		if (status == 4) {
			assertThat(stopped).isEmptyDirectory();
			assertThat(program.errors()).contains("[INTERRUPTED]");
		}
		else {
			assertThat(status).as("it was faster than the signal: " + program.errors()).isZero();
		}
	}

	@Test
	void worksWhateverTheLocaleIs() throws Exception {
		Path out = directory.resolve("out");

		Program program = Program.start(directory, Map.of("LC_ALL", "C"), List.of(), "restore", "files", bucket.url(),
				"--all", "--to", out.toString());

		assertThat(program.status()).as(program.errors()).isZero();
		assertThat(program.out()).contains("● ext4, sound   886, 18.2 MiB");
	}

	private Program restore(Path out) throws IOException {
		return Program.start(directory, List.of(), "restore", "files", bucket.url(), "--application", "shop", "--to",
				out.toString());
	}

	private static boolean isBegun(Path out) {
		return Files.exists(out.resolve(".longhaul-restore"));
	}

	/** Paths with sizes, and with times but of the top, where more is put. */
	private static List<String> listing(Path root) throws IOException {
		List<String> listing = new ArrayList<>();
		Files.walkFileTree(root, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
				boolean ours = file.getParent().equals(root) && file.getFileName().toString().endsWith(".json");
				listing.add(root.relativize(file) + " " + attributes.size()
						+ (root.relativize(file).getNameCount() > 1 && !ours ? " " + attributes.lastModifiedTime()
								: ""));
				return FileVisitResult.CONTINUE;
			}
		});
		return listing.stream().sorted().toList();
	}

}
