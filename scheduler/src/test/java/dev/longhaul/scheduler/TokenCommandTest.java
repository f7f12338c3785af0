package dev.longhaul.scheduler;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.scheduler.wiring.HttpCalls;
import dev.longhaul.scheduler.wiring.ServedConfiguration;
import dev.longhaul.scheduler.wiring.Server;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TokenCommandTest {

	@TempDir
	private Path directory;

	private String config;

	private String out;

	private String err;

	@BeforeEach
	void configure() {
		config = ServedConfiguration.in(directory).write().toString();
	}

	@Test
	void aTokenIsPrintedOnceAndOpensTheServer() {
		assertThat(run("create", "--config", config, "--name", "laptop", "--scope", "read,operate", "--days", "30"))
			.as(err)
			.isZero();
		String secret = out.strip();
		assertThat(secret).matches("lh_[A-Za-z0-9_-]{49}");
		assertThat(err).matches("token [0-9a-f-]{36}, scopes read operate; it is not shown again\n");

		run("list", "--config", config);
		assertThat(out).contains("read operate", "laptop", "used never").doesNotContain(secret.substring(3));
		try (Server server = ServedConfiguration.in(directory).serve()) {
			assertThat(HttpCalls.to(server).with(secret).get("/api/v1/me").statusCode()).isEqualTo(200);
			assertThat(server.auditLog().newestBefore(Long.MAX_VALUE, 1)).singleElement()
				.satisfies(record -> assertThat(record.entry().action()).isEqualTo("token create"));
		}
	}

	@Test
	void aRevokedTokenOpensNothing() {
		run("create", "--config", config, "--name", "laptop", "--scope", "admin");
		String secret = out.strip();
		String id = err.substring("token ".length(), "token ".length() + 36);

		assertThat(run("revoke", "--config", config, id)).isZero();

		run("list", "--config", config);
		assertThat(out).contains(id, "revoked");
		try (Server server = ServedConfiguration.in(directory).serve()) {
			assertThat(HttpCalls.to(server).with(secret).get("/api/v1/me").statusCode()).isEqualTo(401);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			token                                                    | missing required subcommand
			token create --config CONFIG --name a                    | missing required option: '--scope=SCOPE'
			token create --config CONFIG --name a --scope root       | there is no scope 'root'
			token create --config CONFIG --name a --scope read --days 0 | --days is 1 to 3660, not 0
			token revoke --config CONFIG nobody                      | there is no token 'nobody'
			""")
	void saysWhatIsWrong(String command, String fact) {
		String[] words = command.replace("CONFIG", config).split(" +", -1);

		assertThat(run(Arrays.copyOfRange(words, 1, words.length))).isEqualTo(2);

		assertThat(err).startsWith("longhaul: " + fact);
		assertThat(err.lines()).hasSize(2);
	}

	private int run(String... arguments) {
		ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
		ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
		String[] words = new String[arguments.length + 1];
		words[0] = "token";
		System.arraycopy(arguments, 0, words, 1, arguments.length);
		int exit = LonghaulServer.run(new StopSignal(), stream(outBytes), stream(errBytes), words);
		out = outBytes.toString(StandardCharsets.UTF_8);
		err = errBytes.toString(StandardCharsets.UTF_8);
		return exit;
	}

	private static PrintStream stream(ByteArrayOutputStream bytes) {
		return new PrintStream(bytes, true, StandardCharsets.UTF_8);
	}

}
