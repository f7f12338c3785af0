package dev.longhaul.backupstore.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the machine is set up for, a store does what its settings say.
 */
class S3EnvironmentIT {

	/** Each of them would break or divert a client that asked for it. */
	private static final Map<String, String> HOSTILE = Map.ofEntries(Map.entry("AWS_ACCESS_KEY_ID", "stranger"),
			Map.entry("AWS_SECRET_ACCESS_KEY", "strange"), Map.entry("AWS_SESSION_TOKEN", "token"),
			Map.entry("AWS_PROFILE", "absent"), Map.entry("AWS_REGION", "elsewhere-1"),
			Map.entry("AWS_DEFAULTS_MODE", "no such mode"), Map.entry("AWS_ENDPOINT_URL", "http://nowhere.invalid"),
			Map.entry("AWS_ENDPOINT_URL_S3", "http://nowhere.invalid"), Map.entry("AWS_USE_FIPS_ENDPOINT", "true"),
			Map.entry("AWS_USE_DUALSTACK_ENDPOINT", "true"),
			Map.entry("AWS_REQUEST_CHECKSUM_CALCULATION", "when_supported"),
			Map.entry("AWS_RESPONSE_CHECKSUM_VALIDATION", "when_supported"), Map.entry("AWS_MAX_ATTEMPTS", "1"),
			Map.entry("AWS_RETRY_MODE", "no such mode"), Map.entry("AWS_CA_BUNDLE", "/nowhere"),
			Map.entry("HTTP_PROXY", "http://127.0.0.1:9"), Map.entry("HTTPS_PROXY", "http://127.0.0.1:9"),
			Map.entry("http_proxy", "http://127.0.0.1:9"), Map.entry("ALL_PROXY", "http://127.0.0.1:9"));

	@Test
	void nothingComesFromTheEnvironment(@TempDir Path directory) throws Exception {
		Path profiles = Files.writeString(directory.resolve("config"), "this is [no profile\n= at all");
		try (EmbeddedBucket bucket = EmbeddedBucket.start(directory.resolve("objects"))) {
			ProcessBuilder command = new ProcessBuilder(
					Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Dhttp.proxyHost=127.0.0.1",
					"-Dhttp.proxyPort=9", "-Daws.region=elsewhere-2", "-Daws.accessKeyId=another",
					"-Daws.secretAccessKey=another", "-Daws.requestChecksumCalculation=when_supported", "-cp",
					System.getProperty("java.class.path"), Use.class.getName(), bucket.front().endpoint().toString());
			command.environment().putAll(HOSTILE);
			command.environment().put("AWS_CONFIG_FILE", profiles.toString());
			command.environment().put("AWS_SHARED_CREDENTIALS_FILE", profiles.toString());

			Process process = command.redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(output).endsWith("put, listed, found, opened, deleted, examined\n");
			assertThat(bucket.front().calls().latest())
				.allSatisfy(call -> assertThat(call.headers().get("authorization"))
					.contains(EmbeddedBucket.CREDENTIALS.keyId(), "/us-west-004/s3/")
					.doesNotContain("stranger", "elsewhere"))
				.allSatisfy(call -> assertThat(call.headers()).doesNotContainKey("x-amz-security-token"));
		}
	}

	/** Runs in a process of its own. */
	static final class Use {

		private Use() {
		}

		public static void main(String[] arguments) throws IOException {
			S3Settings settings = EmbeddedBucket.settings(URI.create(arguments[0]), EmbeddedBucket.NAME,
					EmbeddedBucket.CREDENTIALS, null);
			try (S3ObjectStore store = EmbeddedBucket.open(settings)) {
				store.put("a", new byte[10]);
				System.out.print("put, ");
				System.out.print((store.list("", "").objects().size() == 1) ? "listed, " : "not listed, ");
				System.out.print(store.find("a").isPresent() ? "found, " : "not found, ");
				try (var object = store.open("a").orElseThrow()) {
					System.out.print((object.content().readAllBytes().length == 10) ? "opened, " : "not opened, ");
				}
				store.delete(List.of("a"));
				System.out.print("deleted, ");
				store.examine();
				System.out.print("examined\n");
			}
		}

	}

}
