package dev.longhaul.scheduler.scenario.demo_rebuild;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Goal: what the demo shows can be checked by a program, and leaves nothing behind.
 * Method: it is run as people run it.
 */
class DemoRebuildIT {

	private static final Path LAUNCHER = Path.of("../longhaul").toAbsolutePath().normalize();

	private static final List<Path> BUILT = List.of(Path.of("../cli/target/longhaul.jar"),
			Path.of("../simulator/target/longhaul-simulator.jar"), Path.of("target/longhaul-server.jar"));

	/** Some times of what it takes on a machine that does nothing else. */
	private static final long LIMIT_MINUTES = 8;

	@TempDir
	private Path directory;

	@Test
	void everyApplicationOfTheLostClusterIsBackOnWhatItHad() throws IOException, InterruptedException {
		BUILT
			.forEach(jar -> assumeTrue(Files.isRegularFile(jar), "[aborted] there is no " + jar + ": run mvn package"));
		Path printed = directory.resolve("printed");
		Path told = directory.resolve("told");
		Path temporary = Files.createDirectory(directory.resolve("temporary"));
		ProcessBuilder builder = new ProcessBuilder(LAUNCHER.toString(), "demo", "--output", "json")
			.redirectOutput(printed.toFile())
			.redirectError(told.toFile());
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		builder.environment().put("LONGHAUL_OPTS", "-Djava.io.tmpdir=" + temporary);

		Process demo = builder.start();
		boolean ended = demo.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
		demo.destroy();

		assertThat(ended).as(Files.readString(told)).isTrue();
		assertThat(demo.exitValue()).as(Files.readString(told)).isZero();
		String document = Files.readString(printed);
		assertThat(violations(document)).isEmpty();
		JsonNode report = JsonMapper.shared().readTree(document);
		assertThat(report.get("whole").asBoolean()).isTrue();
		assertThat(report.get("applications").valueStream().map(application -> application.get("name").asString()))
			.containsExactlyInAnyOrder("vaultwarden", "gitea", "nextcloud");
		assertThat(report.get("applications")).allSatisfy(application -> {
			assertThat(application.get("contentEqualsRestorePoint").asBoolean()).isTrue();
			assertThat(application.get("healthy").asBoolean()).isTrue();
			assertThat(application.get("verdict").asString()).as("two copies, and nothing locks them")
				.isEqualTo("fails");
			assertThat(application.get("rpoSeconds").asLong()).isPositive();
			assertThat(application.get("rtoSeconds").asLong()).isPositive();
		});
		try (Stream<Path> left = Files.list(temporary)) {
			assertThat(left.map(Path::getFileName).map(Path::toString))
				.noneMatch(name -> name.startsWith("longhaul-demo"));
		}
	}

	private static List<String> violations(String document) throws IOException {
		String schema = Files.readString(Path.of("../docs/schema/demo.schema.json"));
		return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(schema, InputFormat.JSON)
			.validate(document, InputFormat.JSON)
			.stream()
			.map(Error::toString)
			.toList();
	}

}
