package dev.longhaul.backupstore.target;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

import dev.longhaul.backupstore.directory.DirectoryObjectStore;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.s3.S3Settings;
import dev.longhaul.backupstore.s3.S3Settings.Addressing;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TargetsTest {

	private static final String SECRET = "K003secretsecretsecret";

	private static final TargetUrl.S3 URL = new TargetUrl.S3("backups", "eu-central-003", "longhorn/");

	private final Map<String, String> variables = new HashMap<>(Map.of("AWS_ACCESS_KEY_ID", "004a91",
			"AWS_SECRET_ACCESS_KEY", SECRET, "AWS_ENDPOINTS", "https://s3.eu-central-003.backblazeb2.com"));

	@Test
	void readsTheVariablesOfLonghornsSecret() {
		S3Settings settings = Targets.settings(URL, variables);

		assertThat(settings.endpoint()).isEqualTo(URI.create("https://s3.eu-central-003.backblazeb2.com"));
		assertThat(settings.bucket()).isEqualTo("backups");
		assertThat(settings.region()).isEqualTo("eu-central-003");
		assertThat(settings.addressing()).isEqualTo(Addressing.PATH);
		assertThat(settings.certificateAuthority()).isNull();
	}

	@Test
	void neverShowsTheSecret() {
		assertThat(Targets.settings(URL, variables).toString()).doesNotContain(SECRET).doesNotContain("004a91");
	}

	@Test
	void speaksToAmazonWithoutAnEndpoint() {
		variables.remove("AWS_ENDPOINTS");

		S3Settings settings = Targets.settings(URL, variables);

		assertThat(settings.endpoint()).isEqualTo(URI.create("https://s3.eu-central-003.amazonaws.com"));
		assertThat(settings.addressing()).isEqualTo(Addressing.VIRTUAL_HOSTED);
	}

	@ParameterizedTest
	@CsvSource({ "true,VIRTUAL_HOSTED", "false,PATH" })
	void doesAsToldAboutTheStyle(String value, Addressing addressing) {
		variables.put("VIRTUAL_HOSTED_STYLE", value);

		assertThat(Targets.settings(URL, variables).addressing()).isEqualTo(addressing);
	}

	@ParameterizedTest
	@ValueSource(strings = { "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY" })
	void namesTheVariableThatIsMissing(String name) {
		variables.remove(name);

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> Targets.settings(URL, variables))
			.withMessage(name + " is not set")
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(FailureCode.MISSING_CREDENTIALS));
	}

	@Test
	void namesTheVariableThatEndsWithALineFeedAndNotItsValue() {
		variables.put("AWS_SECRET_ACCESS_KEY", SECRET + "\n");

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> Targets.settings(URL, variables))
			.withMessage("AWS_SECRET_ACCESS_KEY begins or ends with white space");
	}

	@ParameterizedTest
	@ValueSource(strings = { "s3.eu-central-003.backblazeb2.com", "ftp://host", "https://user:" + SECRET + "@host",
			"https://user:" + SECRET + " word@host", "https://host/bucket", "https://host?x=1", "https://",
			"not a url" })
	void refusesAnEndpointThatIsNoServerWithoutRepeatingIt(String endpoint) {
		variables.put("AWS_ENDPOINTS", endpoint);

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> Targets.settings(URL, variables))
			.withMessage("AWS_ENDPOINTS is not the URL of a server")
			.satisfies(ex -> assertThat(ex.hint()).contains("https://s3.eu-central-003.backblazeb2.com"))
			.satisfies(ex -> assertThat(Throwables.getStackTrace(ex)).doesNotContain(endpoint));
	}

	@Test
	void refusesAnotherStyleWithoutRepeatingIt() {
		variables.put("VIRTUAL_HOSTED_STYLE", SECRET);

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> Targets.settings(URL, variables))
			.withMessage("VIRTUAL_HOSTED_STYLE is neither true nor false");
	}

	@Test
	void refusesACertificateThatIsNone() {
		variables.put("AWS_CERT", "/no/such/file");

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> Targets.settings(URL, variables))
			.withMessage("AWS_CERT is neither certificates in PEM nor a file of them");
	}

	@Test
	void opensADirectoryWithoutAnyVariable() {
		try (ObjectStore store = Targets.open(new TargetUrl.Directory(Path.of("/srv")), Map.of(), Clock.systemUTC())) {
			assertThat(store).isInstanceOf(DirectoryObjectStore.class);
		}
	}

}
