package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.longhaul.cli.testing.MadeTarget;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What only the program as a whole shows.
 */
class ProgramIT {

	@TempDir
	private Path directory;

	private MadeTarget target;

	@BeforeEach
	void makeATarget() throws IOException {
		target = new MadeTarget(directory.resolve("target"));
		target.putSmallVolume("db", "backup-1");
	}

	@Test
	void endsWithTheStatusOfWhatItFound() throws Exception {
		Program healthy = Program.start(directory, List.of(), "verify", target.url());
		assertThat(healthy.status()).isZero();
		target.replace(target.manifestKey("db", "backup-1"), "\"Size\":\"4194304\"", "\"Size\":\"2097152\"");

		Program damaged = Program.start(directory, List.of(), "verify", target.url());
		Program wrong = Program.start(directory, List.of(), "verfy", target.url());
		Program unreachable = Program.start(directory, List.of(), "verify", "file:///nowhere/at/all");

		assertThat(damaged.status()).isEqualTo(1);
		assertThat(wrong.status()).isEqualTo(2);
		assertThat(unreachable.status()).isEqualTo(3);
		assertThat(unreachable.errors()).hasLineCount(2);
	}

	@Test
	void loadsNothingOfTheBucketsClientForADirectory() throws Exception {
		Program program = Program.start(directory, List.of("-Xlog:class+load:file=" + directory.resolve("classes.txt")),
				"verify", target.url());

		assertThat(program.status()).isZero();
		assertThat(Files.readString(directory.resolve("classes.txt"))).contains("dev.longhaul.cli.LonghaulCli")
			.doesNotContain("software.amazon", "org.apache.hc", "me.tongfei", "org.slf4j");
	}

	@Test
	void speaksUtf8WhateverTheLocaleIs() throws Exception {
		Program program = Program.start(directory, Map.of("LC_ALL", "C"), List.of(), "verify", target.url());

		assertThat(program.status()).isZero();
		assertThat(program.out()).contains("● 1 backup proven");
	}

	@Test
	void leavesNothingBehindWhereTheDiskTakesNoMore() throws Exception {
		Path images = Files.createDirectory(directory.resolve("images"));
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		// No file may grow beyond a mebibyte: the image is longer.
		Program program = Program.run(directory, Map.of(),
				List.of("sh", "-c", "ulimit -f 2048; exec \"$@\"", "sh", java, "-jar", Program.JAR.toString(), "export",
						target.url(), "--volume", "db", "--backup", "backup-1", "--to",
						images.resolve("db.img").toString()));

		assertThat(program.status()).isEqualTo(2);
		assertThat(program.errors()).isEqualTo("""
				longhaul: no room left to write '%s'   [DISK_FULL]
				hint: free some space or choose another place with --to; nothing was left behind
				""".formatted(images.resolve("db.img")));
		assertThat(images).isEmptyDirectory();
	}

}
