package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.cli.testing.MadeTarget;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A volume of 6 GiB takes no more memory than one of 2 GiB: both are verified in a heap
 * smaller than an eighth of the smaller one.
 */
class MemoryIT {

	private static final List<String> SMALL_HEAP = List.of("-Xmx256m");

	private static final int BLOCKS_OF_2_GIB = 1024;

	@TempDir
	private static Path directory;

	private static MadeTarget target;

	@BeforeAll
	static void makeBackups() throws IOException {
		target = new MadeTarget(directory.resolve("target"));
		target.putVolume("db", 6L << 30);
		List<Checksum> blocks = target.putBlocks("db", 3 * BLOCKS_OF_2_GIB);
		target.putManifest("db", "of-2-gib", blocks.subList(0, BLOCKS_OF_2_GIB));
		target.putManifest("db", "of-6-gib", blocks);
	}

	@Test
	void verifiesTwoGibibytesWithinASmallHeap() throws Exception {
		verifiesWithinASmallHeap("of-2-gib", BLOCKS_OF_2_GIB);
	}

	@Test
	void verifiesSixGibibytesWithinTheSameHeap() throws Exception {
		verifiesWithinASmallHeap("of-6-gib", 3 * BLOCKS_OF_2_GIB);
	}

	@Test
	void exportsWithinTheSameHeap() throws Exception {
		Program program = Program.start(directory, SMALL_HEAP, "export", target.url(), "--volume", "db", "--backup",
				"of-2-gib", "--to", directory.resolve("db.img").toString());

		assertThat(program.status()).isZero();
		assertThat(program.errors()).isEmpty();
	}

	private static void verifiesWithinASmallHeap(String backup, int blocks) throws Exception {
		Program program = Program.start(directory, SMALL_HEAP, "verify", target.url(), "--backup", backup,
				"--concurrency", "64");

		assertThat(program.status()).as(program.errors()).isZero();
		assertThat(program.out()).contains("● 1 backup proven", "read %d distinct blocks, ".formatted(blocks));
	}

}
