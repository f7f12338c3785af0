package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Uses the repository that {@code docs/definitions.md} shows.
 */
class JobsCommandTest {

	private static final Path PAGE = Path.of("../docs/definitions.md");

	private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(# (\\S+)\n.*?)```", Pattern.DOTALL);

	@TempDir
	private Path repository;

	@BeforeEach
	void writeTheExamplesOfTheDocumentation() throws IOException {
		List<MatchResult> examples = EXAMPLE.matcher(Files.readString(PAGE)).results().toList();
		assertThat(examples).hasSize(2);
		for (MatchResult example : examples) {
			write(example.group(2), example.group(1));
		}
	}

	@Test
	void showsWhatIsDeclaredAndWhenItComesDueAsTheDocumentationSays() throws IOException {
		Outcome outcome = new Cli().run("jobs", "validate", repository.toString());

		assertThat(outcome.status()).isZero();
		assertThat(outcome.errors()).isEmpty();
		assertThat(Files.readString(PAGE)).contains("$ longhaul jobs validate .\n" + outcome.out());
	}

	@Test
	void refusesAMistakeWithItsPlaceAsTheDocumentationSays() throws IOException {
		replace("longhaul/jobs/nightly.yaml", "schedule:", "shedule:");

		Outcome outcome = new Cli().run("jobs", "validate", repository.toString());

		assertThat(outcome.status()).isEqualTo(2);
		assertThat(outcome.out()).isEmpty();
		assertThat(Files.readString(PAGE))
			.contains("$ longhaul jobs validate .\n" + outcome.errors().replace(repository + "/", ""));
	}

	@Test
	void writesADocumentForMachines() throws IOException {
		Outcome sound = new Cli().run("jobs", "validate", repository.toString(), "--output", "json");
		replace("longhaul/jobs/nightly.yaml", "30 2", "30 25");
		Outcome refused = new Cli().run("jobs", "validate", repository.toString(), "--output", "json");

		assertThat(Schema.of("validate").violations(sound.out())).isEmpty();
		assertThat(sound.status()).isZero();
		assertThat(sound.json().at("/valid").asBoolean()).isTrue();
		assertThat(sound.json().at("/applications/0").asString()).isEqualTo("gitea");
		assertThat(sound.json().at("/jobs/0/next/0").asString()).isEqualTo("2026-11-23T01:30:00Z");
		assertThat(sound.json().at("/jobs/1/after").asString()).isEqualTo("nightly");
		assertThat(Schema.of("validate").violations(refused.out())).isEmpty();
		assertThat(refused.status()).isEqualTo(2);
		assertThat(refused.json().at("/valid").asBoolean()).isFalse();
		assertThat(refused.json().at("/problems/0/file").asString()).endsWith("longhaul/jobs/nightly.yaml");
		assertThat(refused.json().at("/problems/0/line").asInt()).isEqualTo(7);
		assertThat(refused.errors()).isEmpty();
	}

	@Test
	void takesTheFolderOrAFileOfItForTheWholeFolder() throws IOException {
		replace("longhaul/applications/gitea.yaml", "claim:", "clain:");

		for (String path : List.of("", "longhaul", "longhaul/jobs/nightly.yaml")) {
			Outcome outcome = new Cli().run("jobs", "validate", repository.resolve(path).toString());

			assertThat(outcome.status()).isEqualTo(2);
			assertThat(outcome.errors()).contains("longhaul/applications/gitea.yaml:9:7: 'clain' is no key");
		}
	}

	@Test
	void takesAFileElsewhereForItself() throws IOException {
		write("new.yaml", read("longhaul/jobs/nightly.yaml"));

		assertThat(new Cli().run("jobs", "validate", repository.resolve("new.yaml").toString()).out())
			.startsWith("● 0 applications, 2 jobs: all sound\n");
	}

	@Test
	void saysWhatItExpectedWhereThereIsNothingToRead() throws IOException {
		Path empty = Files.createDirectory(repository.resolve("empty"));
		Files.write(repository.resolve("longhaul/jobs/latin.yaml"), new byte[] { 'k', (byte) 0xe4, '\n' });

		Outcome missing = new Cli().run("jobs", "validate", repository.resolve("nowhere").toString());
		Outcome nothing = new Cli().run("jobs", "validate", empty.toString());
		Outcome latin = new Cli().run("jobs", "validate", repository.toString());

		assertThat(missing.status()).isEqualTo(2);
		assertThat(missing.errors()).startsWith("longhaul: there is no '").contains("\nhint: name a clone");
		assertThat(nothing.status()).isEqualTo(2);
		assertThat(nothing.errors()).contains("holds no definitions", "\nhint: they are expected in longhaul/jobs/");
		assertThat(latin.status()).isEqualTo(2);
		assertThat(latin.errors()).contains("longhaul/jobs/latin.yaml:1:1: this is no text in UTF-8\n");
	}

	@Test
	void printsTheSchemaThatTheDocumentationPublishes() throws IOException {
		Outcome outcome = new Cli().run("jobs", "schema");

		assertThat(outcome.status()).isZero();
		assertThat(JsonMapper.shared().readTree(outcome.out()))
			.as("docs/schema/definitions.schema.json is what 'longhaul jobs schema' prints")
			.isEqualTo(
					JsonMapper.shared().readTree(Files.readString(Path.of("../docs/schema/definitions.schema.json"))));
	}

	@Test
	void showsItsVerbsAndDoesNotGuessOne() {
		Outcome none = new Cli().run("jobs");
		Outcome wrong = new Cli().run("jobs", "valdate");

		assertThat(none.status()).isEqualTo(2);
		assertThat(none.errors()).contains("validate", "schema");
		assertThat(wrong.status()).isEqualTo(2);
		assertThat(wrong.errors()).contains("there is no command 'jobs valdate'", "did you mean 'validate'");
	}

	private void replace(String file, String part, String by) throws IOException {
		String text = read(file);
		assertThat(text).contains(part);
		Files.writeString(repository.resolve(file), text.replace(part, by));
	}

	private String read(String file) throws IOException {
		return Files.readString(repository.resolve(file));
	}

	private void write(String file, String text) throws IOException {
		Path path = repository.resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, text);
	}

}
