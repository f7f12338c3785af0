package dev.longhaul.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.longhaul.cli.testing.MadeNight;
import dev.longhaul.cli.testing.MadeTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A volume of 6 GiB is copied in a heap of a twenty-fourth of it, and an export that
 * takes half of it.
 */
class MirrorMemoryIT {

	private static final int BLOCKS_OF_6_GIB = 3072;

	@TempDir
	private Path directory;

	@Test
	void copiesSixGibibytesWithinASmallHeap() throws Exception {
		MadeTarget target = new MadeTarget(directory.resolve("target"));
		target.putVolume("db", 6L << 30);
		target.putManifest("db", "of-6-gib", target.putBlocks("db", BLOCKS_OF_6_GIB));
		byte[] dump = new byte[120_000_000];
		new Random(1).nextBytes(dump);
		MadeNight.record(target.url(), Map.of(), dump);
		Path copy = Files.createDirectory(directory.resolve("copy"));

		Program program = Program.start(directory, List.of("-Xmx256m"), "mirror", target.url(), "file://" + copy,
				"--concurrency", "64");

		assertThat(program.status()).as(program.errors()).isZero();
		assertThat(program.out()).contains("● 1 backup copied", "1 export copied, 114 MiB",
				"copied %d blocks, ".formatted(BLOCKS_OF_6_GIB));
	}

}
