package dev.longhaul.backupstore.s3;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.longhaul.bucket.AccessKey;
import dev.longhaul.bucket.EmbeddedS3;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.littleshoot.proxy.HttpProxyServer;
import org.littleshoot.proxy.ProxyAuthenticator;
import org.littleshoot.proxy.impl.DefaultHttpProxyServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Reaching an endpoint, or something else in its place.
 */
class S3ConnectionIT {

	private static final String PASSWORD = "changeit";

	@TempDir
	private static Path directory;

	private static Path keyStore;

	private static String certificate;

	/**
	 * A server certificate for 127.0.0.1 that vouches for itself, as home servers have.
	 */
	@BeforeAll
	static void makeCertificate() throws Exception {
		keyStore = directory.resolve("server.p12");
		Path pem = directory.resolve("server.pem");
		keytool("-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=bucket", "-ext", "SAN=ip:127.0.0.1",
				"-ext", "BC=ca:true", "-validity", "2", "-storetype", "PKCS12", "-keystore", keyStore.toString(),
				"-storepass", PASSWORD);
		keytool("-exportcert", "-rfc", "-alias", "server", "-keystore", keyStore.toString(), "-storepass", PASSWORD,
				"-file", pem.toString());
		certificate = Files.readString(pem);
	}

	@Test
	void aCertificateAuthorityOfOnesOwnIsTrustedWhenGiven(@TempDir Path objects) throws IOException {
		try (EmbeddedBucket bucket = EmbeddedBucket.startWithTls(objects, keyStore, PASSWORD);
				S3ObjectStore store = EmbeddedBucket
					.open(bucket.settings(EmbeddedBucket.NAME, EmbeddedBucket.CREDENTIALS, certificate))) {
			store.put("over/tls", new byte[3 << 20]);

			try (var object = store.open("over/tls").orElseThrow()) {
				assertThat(object.content().readAllBytes()).hasSize(3 << 20);
			}
			assertThat(store.list("", "").objects()).hasSize(1);
		}
	}

	@Test
	void aCertificateNobodyVouchesForIsRefusedAtOnce(@TempDir Path objects) throws IOException {
		try (EmbeddedBucket bucket = EmbeddedBucket.startWithTls(objects, keyStore, PASSWORD)) {
			LonghaulException refusal = failureAt(bucket.front().endpoint());

			assertThat(refusal).isInstanceOf(RefusedRequest.class)
				.hasMessageContaining("nobody trusted vouches for its certificate")
				.hasMessageNotContaining("attempts");
			assertThat(refusal.code()).isEqualTo(FailureCode.TARGET_MISBEHAVED);
			assertThat(refusal.hint()).contains("AWS_CERT");
		}
	}

	@Test
	void aCertificateAuthorityThatIsNoneIsRefused() {
		for (String wrong : new String[] { "", "not a certificate", certificate.substring(0, 120) }) {
			S3Settings settings = settings(URI.create("https://127.0.0.1"), wrong);

			assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> EmbeddedBucket.open(settings))
				.withMessage("the certificate authority given for the bucket is not a certificate in PEM")
				.satisfies(refusal -> assertThat(refusal.code()).isEqualTo(FailureCode.INVALID_CONFIGURATION));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http", "https" })
	void reachesABucketThroughAProxyThatAsksWhoItIs(String scheme, @TempDir Path objects) throws Exception {
		AtomicInteger asked = new AtomicInteger();
		HttpProxyServer proxy = DefaultHttpProxyServer.bootstrap()
			.withPort(0)
			.withProxyAuthenticator(new OneUser("backup", "s3cret", asked))
			.start();
		boolean tls = scheme.equals("https");
		try (EmbeddedBucket bucket = tls ? EmbeddedBucket.startWithTls(objects, keyStore, PASSWORD)
				: EmbeddedBucket.start(objects)) {
			S3Settings direct = bucket.settings(EmbeddedBucket.NAME, EmbeddedBucket.CREDENTIALS,
					tls ? certificate : null);
			HttpProxy through = new HttpProxy("127.0.0.1", proxy.getListenAddress().getPort(),
					new HttpProxy.Login("backup", "s3cret"));

			try (S3ObjectStore store = EmbeddedBucket
				.open(new S3Settings(direct.endpoint(), direct.region(), direct.bucket(), direct.addressing(),
						direct.credentials(), direct.certificateAuthority(), through, direct.limits()))) {
				store.put("through/a/proxy", new byte[300]);

				assertThat(store.find("through/a/proxy")).isPresent();
			}
		}
		finally {
			proxy.abort();
		}
		assertThat(asked).as("how often the proxy was shown the login").hasPositiveValue();
	}

	@Test
	void httpsToAServerOfHttpIsTold(@TempDir Path objects) throws IOException {
		try (EmbeddedS3 s3 = EmbeddedS3.inDirectory(objects, new AccessKey("key", "secret"))) {
			LonghaulException failure = failureAt(URI.create("https://127.0.0.1:" + s3.endpoint().getPort()));

			assertThat(failure).isInstanceOf(TransientFailure.class).hasMessageContaining("TLS failed");
			assertThat(failure.hint()).isEqualTo("check that the endpoint's port speaks HTTPS");
		}
	}

	@Test
	void httpToAServerOfHttpsIsTold(@TempDir Path objects) throws IOException {
		try (EmbeddedBucket bucket = EmbeddedBucket.startWithTls(objects, keyStore, PASSWORD)) {
			LonghaulException failure = failureAt(
					URI.create("http://127.0.0.1:" + bucket.front().endpoint().getPort()));

			assertThat(failure.code()).isIn(FailureCode.TARGET_UNREACHABLE, FailureCode.TARGET_MISBEHAVED);
		}
	}

	@Test
	void aHostThatNobodyKnowsIsUnreachable() {
		LonghaulException failure = failureAt(URI.create("https://nowhere.invalid"));

		assertThat(failure).isInstanceOf(TransientFailure.class)
			.hasMessage("could not list '' in s3://backups@us-west-004 at https://nowhere.invalid: no such host");
		assertThat(failure.code()).isEqualTo(FailureCode.TARGET_UNREACHABLE);
	}

	@Test
	void aPortWhereNobodyListensIsUnreachable() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}

		LonghaulException failure = failureAt(URI.create("http://127.0.0.1:" + port));

		assertThat(failure).isInstanceOf(TransientFailure.class)
			.hasMessageContaining("Connection refused")
			.hasMessageEndingWith("(4 attempts)");
		assertThat(failure.code()).isEqualTo(FailureCode.TARGET_UNREACHABLE);
	}

	@Test
	void aServerThatNeverAnswersIsUnreachable() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			URI endpoint = URI.create("http://127.0.0.1:" + silent.getLocalPort());
			S3Settings impatient = EmbeddedBucket.settings(endpoint, EmbeddedBucket.NAME, EmbeddedBucket.CREDENTIALS,
					null, EmbeddedBucket.IMPATIENT);

			try (S3ObjectStore store = EmbeddedBucket.open(impatient)) {
				assertThatExceptionOfType(TransientFailure.class).isThrownBy(() -> store.list("", ""))
					.withMessageContaining("timed out");
			}
		}
	}

	@Test
	void aVirtualHostedBucketStandsInFrontOfTheHost() {
		S3Settings path = settings(URI.create("https://nowhere.invalid"), null);
		S3Settings settings = new S3Settings(path.endpoint(), path.region(), "backups",
				S3Settings.Addressing.VIRTUAL_HOSTED, path.credentials(), null, null, path.limits());

		try (S3ObjectStore store = EmbeddedBucket.open(settings)) {
			assertThatExceptionOfType(TransientFailure.class).isThrownBy(() -> store.find("a"))
				.havingRootCause()
				.withMessageContaining("backups.nowhere.invalid");
		}
	}

	@Test
	void anEndpointIsAHostAndNothingElse() {
		for (String wrong : new String[] { "ftp://host", "https:///path", "https://host/path", "https://user@host",
				"host" }) {
			assertThatIllegalArgumentException().isThrownBy(() -> settings(URI.create(wrong), null))
				.withMessage("an endpoint is http or https, a host and maybe a port, not '" + wrong + "'");
		}
	}

	private static LonghaulException failureAt(URI endpoint) {
		try (S3ObjectStore store = EmbeddedBucket.open(settings(endpoint, null))) {
			return catchThrowableOfType(LonghaulException.class, () -> store.list("", ""));
		}
	}

	private static S3Settings settings(URI endpoint, @Nullable String certificateAuthority) {
		return EmbeddedBucket.settings(endpoint, EmbeddedBucket.NAME, EmbeddedBucket.CREDENTIALS, certificateAuthority);
	}

	/** Lets one user through. */
	private record OneUser(String user, String password, AtomicInteger asked) implements ProxyAuthenticator {

		@Override
		public boolean authenticate(String name, String secret) {
			boolean right = name.equals(user) && secret.equals(password);
			if (right) {
				asked.incrementAndGet();
			}
			return right;
		}

		@Override
		public String getRealm() {
			return "test";
		}

	}

	private static void keytool(String... arguments) throws Exception {
		String[] command = new String[arguments.length + 1];
		command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
		System.arraycopy(arguments, 0, command, 1, arguments.length);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
	}

}
