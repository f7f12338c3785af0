package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.longhaul.cli.testing.MadeTarget;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The script that people type.
 */
class LauncherIT {

	private static final Path SCRIPT = Path.of("../longhaul").toAbsolutePath().normalize();

	private static final String JAVA_HOME = System.getProperty("java.home");

	@TempDir
	private Path directory;

	private MadeTarget target;

	@BeforeEach
	void makeATarget() throws IOException {
		target = new MadeTarget(directory.resolve("target"));
		target.putSmallVolume("db", "backup-1");
	}

	@Test
	void runsTheProgramFromAnywhereAndThroughALink() throws Exception {
		Path link = Files.createSymbolicLink(directory.resolve("lh"), SCRIPT);

		Program program = run(link, Map.of("JAVA_HOME", JAVA_HOME), "verify", target.url());

		assertThat(program.status()).as(program.errors()).isZero();
		assertThat(program.out()).contains("● 1 backup proven");
	}

	@Test
	void handsTheExitCodeOn() throws Exception {
		Program program = run(SCRIPT, Map.of("JAVA_HOME", JAVA_HOME), "verify", "file:///nowhere/at/all");

		assertThat(program.status()).isEqualTo(3);
		assertThat(program.errors()).contains("[BUCKET_NOT_FOUND]");
	}

	@Test
	void saysThatJavaHomeIsNoJava() throws Exception {
		Program program = run(SCRIPT, Map.of("JAVA_HOME", "/nowhere"), "ls", target.url());

		assertThat(program.status()).isEqualTo(2);
		assertThat(program.errors()).isEqualTo("""
				longhaul: JAVA_HOME is '/nowhere', and there is no bin/java in it   [INVALID_CONFIGURATION]
				hint: point JAVA_HOME to a JDK, 17 or newer, or unset it
				""");
	}

	@Test
	void saysThatJavaIsTooOld() throws Exception {
		Path old = directory.resolve("jdk-11");
		Path java = Files.createDirectories(old.resolve("bin")).resolve("java");
		Files.writeString(java, "#!/bin/sh\nexit 1\n");
		assertThat(java.toFile().setExecutable(true)).isTrue();
		Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");

		Program program = run(SCRIPT, Map.of("JAVA_HOME", old.toString()), "ls", target.url());

		assertThat(program.status()).isEqualTo(2);
		assertThat(program.errors()).contains("is of version 11.0.2; Longhaul needs 17 or newer",
				"[INVALID_CONFIGURATION]\nhint: ");
	}

	@Test
	void withoutSourcesAndWithoutTheProgramItSaysWhatIsMissing() throws Exception {
		Path alone = Files.copy(SCRIPT, directory.resolve("longhaul"));

		Program program = run(alone, Map.of("JAVA_HOME", JAVA_HOME), "ls", target.url());

		assertThat(program.status()).isEqualTo(2);
		assertThat(program.errors()).contains("longhaul.jar' is missing, and there are no sources",
				"hint: run the script from a checkout of Longhaul");
	}

	private Program run(Path script, Map<String, String> environment, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of("sh", script.toString()));
		command.addAll(List.of(arguments));
		return Program.run(directory, environment, command);
	}

}
