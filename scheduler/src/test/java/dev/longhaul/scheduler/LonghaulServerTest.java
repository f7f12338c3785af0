package dev.longhaul.scheduler;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import dev.longhaul.batch.stop.StopSignal;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every mistake a person can make before a night begins ends the same way: exit code 2, a
 * fact with its code, a hint, and no stack trace.
 */
class LonghaulServerTest {

	private static final String CONFIGURATION = """
			longhaul:
			  cluster:
			    kubeconfig: DIRECTORY/kubeconfig
			    site: home
			  target:
			    url: s3://bucket@region/
			    credentials: DIRECTORY/credentials
			  database: DIRECTORY/longhaul
			  applications:
			    - name: gitea
			      claims: [gitea/data, gitea/db]
			  patience: {stall: 5m}
			  at-once: {blocks: 8}
			""";

	private static final String KUBECONFIG = """
			apiVersion: v1
			kind: Config
			current-context: home
			clusters: [{name: home, cluster: {server: "https://127.0.0.1:1"}}]
			contexts: [{name: home, context: {cluster: home, user: home}}]
			users: [{name: home, user: {token: a-token}}]
			""";

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					                                     | missing required subcommand
					nihgt                                | there is no command 'nihgt'
					night                                | missing required option: '--config=FILE'
					night --config                       | missing required parameter for option '--config' (FILE)
					night --config x --fast              | 'longhaul-server night' has no option '--fast'
					night --config x more                | 'longhaul-server night' takes no further argument 'more'
					night --config x --job Nightly!      | invalid value for option '--job': 'Nightly!' is not a job name
					night --config x --scheduled-for now | invalid value for option '--scheduled-for': 'now' is not an instant
					night --config x --output xml        | invalid value for option '--output': expected one of [text, json]
					night --config x --accept-recreated a | invalid value for option '--accept-recreated' (CLAIM): 'a' is not a claim
					night --config x --accept-shrunk a   | invalid value for option '--accept-shrunk' (CLAIM): 'a' is not a claim
					night --config none.yaml             | there is no file 'none.yaml'
					notify                               | missing required subcommand
					notify test                          | missing required option: '--config=FILE'
					notify test --config none.yaml       | there is no file 'none.yaml'
					night --config DIRECTORY             | 'DIRECTORY' is not a file
					night --config DIRECTORY/kubeconfig  | the name of 'DIRECTORY/kubeconfig' does not end in .yaml
					""")
	void saysWhatIsWrongWithTheCommandLine(String arguments, String fact) throws IOException {
		prepare();
		String[] words = (arguments == null) ? new String[0] : inDirectory(arguments).split(" ");

		assertRefused(run(words), inDirectory(fact));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					site: home            | sight: home         | there is no setting 'longhaul.cluster.sight' (line 4)
					stall: 5m             | stahl: 5m           | there is no setting 'longhaul.patience.stahl' (line 12)
					stall: 5m             | stall: soon         | the setting 'longhaul.patience.stall' (line 12) is not a duration such as 30s or 5m
					stall: 5m             | look: 0s            | longhaul.patience.look must be a duration above zero, not PT0S
					stall: 5m             | retry: -1m          | longhaul.patience.retry must be a duration above zero, not PT-1M
					blocks: 8             | blocks: many        | the setting 'longhaul.at-once.blocks' (line 13) is not a whole number
					blocks: 8             | blocks: 0           | longhaul.at-once.blocks must be 1 to 256, not 0
					blocks: 8             | applications: 9999  | longhaul.at-once.applications must be 1 to 256, not 9999
					claims: [             | claims: {           | 'FILE' is not YAML: line 11:
					site: home            | site: [             | 'FILE' is not YAML: line 6:
					applications:         | aplications:        | neither longhaul.git nor longhaul.applications is set
					url:                  | site:               | longhaul.target.url is not set
					s3://bucket@region/   | nfs://host/share    | 'nfs' is a scheme that is not read
					name: gitea           | name: Gitea!        | 'Gitea!' is not an application name
					gitea/data,           | data,               | 'data' is not a claim
					gitea/db              | gitea/data          | application 'gitea' names a claim twice
					DIRECTORY/kubeconfig  | DIRECTORY/none      | kubeconfig 'DIRECTORY/none' does not exist
					DIRECTORY/kubeconfig  | DIRECTORY           | kubeconfig 'DIRECTORY' cannot be read
					site: home            | context: away       | kubeconfig 'DIRECTORY/kubeconfig' has no context 'away'
					DIRECTORY/credentials | DIRECTORY/none      | the credentials in 'DIRECTORY/none' cannot be read
					DIRECTORY/credentials | DIRECTORY/empty     | 'DIRECTORY/empty' holds no file named like a variable
					DIRECTORY/credentials | DIRECTORY/half      | AWS_SECRET_ACCESS_KEY is not set
					DIRECTORY/longhaul    | DIRECTORY/kubeconfig/x | the database 'DIRECTORY/kubeconfig/x.mv.db' cannot be opened
					""")
	void saysWhatIsWrongWithTheConfiguration(String right, String wrong, String fact) throws IOException {
		prepare();
		assertThat(CONFIGURATION).contains(right);
		Path file = configuration(CONFIGURATION.replace(right, wrong));

		assertRefused(run("night", "--config", file.toString()), inDirectory(fact).replace("FILE", file.toString()));
	}

	@Test
	void saysThatAFileMayNotBeRead() throws IOException {
		prepare();
		Path file = configuration(CONFIGURATION);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-wx------"));
		Assumptions.assumeFalse(Files.isReadable(file), "[aborted] this user may read every file");

		assertRefused(run("night", "--config", file.toString()), "the file '" + file + "' may not be read");
	}

	@Test
	void addsTheStackTraceWhenItIsAskedFor() {
		int exit = run("night", "--debug", "--config", "none.yaml");

		assertThat(exit).isEqualTo(2);
		assertThat(text(err).lines())
			.startsWith("longhaul: there is no file 'none.yaml'   [INVALID_CONFIGURATION]", "hint: check --config",
					"dev.longhaul.core.failure.RefusedRequest: there is no file 'none.yaml'")
			.anyMatch(line -> line.startsWith("\tat dev.longhaul.scheduler."));
	}

	@Test
	void suggestsTheCommandThatWasMeant() {
		run("nihgt");

		assertThat(text(err)).endsWith("hint: did you mean 'night'? longhaul-server help shows all there is\n");
	}

	@Test
	void saysAFailureInTheDocumentForMachinesToo() {
		int exit = run("night", "--output", "json", "--config", "none.yaml");

		assertThat(exit).isEqualTo(2);
		assertThat(text(out)).isEqualTo("{\"exit\":2,\"error\":{\"code\":\"INVALID_CONFIGURATION\","
				+ "\"fact\":\"there is no file 'none.yaml'\",\"hint\":\"check --config\"}}\n");
		assertThat(text(err)).startsWith("longhaul: there is no file 'none.yaml'   [INVALID_CONFIGURATION]\nhint: ");
	}

	@Test
	void saysAFailureOfTheNightItselfInOneDocument() throws IOException {
		prepare();
		Path file = configuration(CONFIGURATION.replace("{stall: 5m}", "{retry: 1ms}"));

		int exit = run("night", "--output", "json", "--config", file.toString());

		assertThat(exit).isEqualTo(3);
		assertThat(text(out).lines()).singleElement()
			.asString()
			.startsWith("{\"exit\":3,\"error\":{\"code\":\"CLUSTER_UNREACHABLE\",");
	}

	private void assertRefused(int exit, String fact) {
		assertThat(exit).as(text(err)).isEqualTo(2);
		assertThat(text(out)).isEmpty();
		assertThat(text(err).lines()).as(text(err)).hasSize(2);
		assertThat(text(err).lines().toList().get(0)).startsWith("longhaul: " + fact).matches(".*   \\[[A-Z_]+]");
		assertThat(text(err).lines().toList().get(1)).startsWith("hint: ").hasSizeGreaterThan("hint: ".length());
		assertThat(directory.resolve("longhaul.mv.db.damaged")).doesNotExist();
	}

	private int run(String... arguments) {
		return LonghaulServer.run(new StopSignal(), stream(out), stream(err), arguments);
	}

	private Path configuration(String text) throws IOException {
		return Files.writeString(directory.resolve("longhaul.yaml"), inDirectory(text));
	}

	private String inDirectory(String text) {
		return text.replace("DIRECTORY", directory.toString());
	}

	private void prepare() throws IOException {
		Files.writeString(directory.resolve("kubeconfig"), KUBECONFIG);
		Files.createDirectories(directory.resolve("empty"));
		for (String credentials : new String[] { "credentials", "half" }) {
			Files.createDirectories(directory.resolve(credentials));
			Files.writeString(directory.resolve(credentials + "/AWS_ACCESS_KEY_ID"), "key");
		}
		Files.writeString(directory.resolve("credentials/AWS_SECRET_ACCESS_KEY"), "secret");
	}

	private static PrintStream stream(ByteArrayOutputStream bytes) {
		return new PrintStream(bytes, true, StandardCharsets.UTF_8);
	}

	private static String text(ByteArrayOutputStream bytes) {
		return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
	}

}
