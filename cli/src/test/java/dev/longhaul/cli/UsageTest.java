package dev.longhaul.cli;

import java.nio.file.Path;

import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.terminal.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class UsageTest {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0',
			textBlock = """
					verfy                     | there is no command 'verfy'                             | did you mean 'verify' or 'verdict'? longhaul help shows all there is
					xyzzy x y                 | there is no command 'xyzzy'                             | longhaul help shows how it is used
					--verison                 | 'longhaul' has no option '--verison'                    | did you mean '--version'? longhaul help shows all there is
					verify                    | missing required parameter: 'URL'                       | longhaul help verify shows how it is used
					verify file:///a --volum x | 'longhaul verify' has no option '--volum'               | did you mean '--volume'? longhaul help verify shows all there is
					verify file:///a file:///b | 'longhaul verify' takes no further argument 'file:///b' | longhaul help verify shows how it is used
					verify file:///a --volume | missing required parameter for option '--volume' (VOLUME) | longhaul help verify shows how it is used
					verify file:///a --output xml | invalid value for option '--output': 'xml' is neither text nor json | longhaul help verify shows how it is used
					verify file:///a --concurrency many | invalid value for option '--concurrency': 'many' is not a number | longhaul help verify shows how it is used
					verify file:///a --concurrency 0 | invalid value for option '--concurrency': the number of threads is 1 to 256, not 0 | longhaul help verify shows how it is used
					export file:///a --volume vv --backup bb | missing required option: '--to=FILE'        | longhaul help export shows how it is used
					ls                        | missing required parameter: 'URL'                       | longhaul help ls shows how it is used
					mirror file:///a          | missing required parameter: 'DST'                       | longhaul help mirror shows how it is used
					""")
	void saysWhatIsWrongWithACommandLineAndHowItIsUsed(String line, String fact, String hint) {
		Outcome outcome = new Cli().run(line.split(" ", -1));

		assertThat(outcome.errors()).isEqualTo("longhaul: %s   [INVALID_USAGE]\nhint: %s\n".formatted(fact, hint));
		assertThat(outcome.out()).isEmpty();
		assertThat(outcome.status()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "../x", "..", ".hidden", "a", "a/b", "x y", "", "nul\u0000name" })
	void refusesNamesThatNoLonghornGives(String name) {
		for (String option : new String[] { "--volume", "--backup" }) {
			Outcome outcome = new Cli().run("verify", "file:///nowhere", option, name);

			assertThat(outcome.errors()).startsWith("longhaul: invalid value for option '%s'".formatted(option))
				.contains("is not a %s name: it must match [a-zA-Z0-9][a-zA-Z0-9_.-]+".formatted(option.substring(2)))
				.contains("[INVALID_USAGE]")
				.doesNotContain("\u0000", "\tat ");
			assertThat(outcome.status()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0',
			textBlock = """
					bucket                      | 'bucket' is not the URL of a backup target
					nfs://server:/export        | 'nfs' is a scheme that is not read
					file:relative               | 'file:relative' is not an absolute file URL
					s3://bucket@region          | 's3://bucket@region' has no path; Longhorn wants at least a '/' after the region
					s3://bucket/path            | 's3://bucket/path' names no region
					s3://@region/               | 's3://@region/' names no bucket of 3 to 63 letters, digits, '.', '_' and '-'
					s3://bucket@region/../other | 's3://bucket@region/../other' has the segment '..' in its path
					""")
	void refusesAUrlThatIsNoneOfATargetAndShowsOneThatIs(String url, String fact) {
		for (String verb : new String[] { "ls", "verify" }) {
			Outcome outcome = new Cli().run(verb, url);

			assertThat(outcome.errors()).isEqualTo("longhaul: " + fact + """
					   [INVALID_TARGET_URL]
					hint: write s3://bucket@region/path, as in Longhorn's backup target, or file:///directory
					""");
			assertThat(outcome.out()).isEmpty();
			assertThat(outcome.status()).isEqualTo(2);
		}
	}

	@Test
	void namesTheVariableThatIsMissingForABucket() {
		Outcome outcome = new Cli().with("AWS_ACCESS_KEY_ID", "004a").run("ls", "s3://bucket@region/");

		assertThat(outcome.errors()).isEqualTo(
				"""
						longhaul: AWS_SECRET_ACCESS_KEY is not set   [MISSING_CREDENTIALS]
						hint: set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_ENDPOINTS as Longhorn's credential Secret has them
						""");
		assertThat(outcome.status()).isEqualTo(2);
	}

	@Test
	void saysThatADirectoryIsNotThere() {
		Outcome outcome = new Cli().run("verify", "file://" + directory.resolve("gone"));

		assertThat(outcome.errors()).startsWith("longhaul: the directory %s does not exist   [BUCKET_NOT_FOUND]\nhint: "
			.formatted(directory.resolve("gone")));
		assertThat(outcome.status()).isEqualTo(3);
	}

	@Test
	void addsAStackTraceOnlyWhereOneIsAskedFor() {
		String url = "file://" + directory.resolve("gone");

		assertThat(new Cli().run("ls", url).errors()).hasLineCount(2);
		assertThat(new Cli().run("ls", url, "--debug").errors()).startsWith("longhaul: the directory")
			.contains("hint: ", "dev.longhaul.core.failure.RefusedRequest", "\tat ");
		assertThat(new Cli().run("--debug", "ls", url).errors()).contains("\tat ");
	}

	@Test
	void showsUsageOnStandardErrorWhereNothingIsAskedFor() {
		Outcome outcome = new Cli().run();

		assertThat(outcome.errors()).contains("Usage: longhaul", "verify", "Read backups back");
		assertThat(outcome.out()).isEmpty();
		assertThat(outcome.status()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "help", "--help", "-h" })
	void showsEveryCommandInItsHelp(String asked) {
		Outcome outcome = new Cli().run(asked);

		assertThat(outcome.out()).contains("Usage: longhaul", "ls ", "verify ", "export ", "mirror ", "completion ",
				"./longhaul demo", "AWS_SECRET_ACCESS_KEY");
		assertThat(outcome.errors()).isEmpty();
		assertThat(outcome.status()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ls", "verify", "export", "mirror", "completion" })
	void showsExamplesInTheHelpOfEveryCommand(String verb) {
		Outcome help = new Cli().run("help", verb);

		assertThat(help.out()).contains("Usage: longhaul " + verb, "Examples:").doesNotContain("\u001B");
		assertThat(new Cli().run(verb, "--help")).isEqualTo(help);
		assertThat(help.status()).isZero();
	}

	@Test
	void staysWithinTheTerminalInItsHelp() {
		String help = new Cli().on(new Terminal(true, true, 62)).with("NO_COLOR", "1").run("verify", "--help").out();

		assertThat(help.lines()
			.filter(line -> !line.startsWith("  longhaul "))
			.filter(line -> line.codePointCount(0, line.length()) > 62)).isEmpty();
	}

	@Test
	void knowsItsVersion() {
		Outcome outcome = new Cli().run("--version");

		assertThat(outcome.out()).matches("longhaul \\d+\\.\\d+\\.\\d+\\S* \\(Java \\S+\\)\n");
		assertThat(outcome.status()).isZero();
	}

	@Test
	void completesItsCommandsInAShell() {
		assertThat(new Cli().run("completion").out()).contains("complete -F _complete_longhaul", "--concurrency");
	}

}
