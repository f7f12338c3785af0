package dev.longhaul.bucket.b2;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

import dev.longhaul.bucket.AccessKey;
import dev.longhaul.bucket.EmbeddedS3;
import dev.longhaul.bucket.SignedClient;
import dev.longhaul.bucket.call.Call;
import dev.longhaul.bucket.call.CallClass;
import dev.longhaul.bucket.call.Operation;
import dev.longhaul.bucket.fault.CallPattern;
import dev.longhaul.bucket.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class B2FrontIT {

	private static final AccessKey KEY = new AccessKey("key", "the secret");

	private final HttpClient plain = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private EmbeddedS3 s3;

	private B2Front front;

	private S3Client client;

	@BeforeEach
	void start() throws IOException {
		s3 = EmbeddedS3.inMemory(KEY);
		s3.createBucket("backups");
		front = B2Front.start(s3.endpoint());
		client = SignedClient.careful(front.endpoint(), KEY);
	}

	@AfterEach
	void stop() throws IOException {
		client.close();
		front.close();
		s3.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "plain", "a b/c+d/e%2Ff", "größe/漢字" })
	void signedCallsGoThroughWhateverTheKeyIs(String key) {
		byte[] content = new byte[3 << 20];
		new Random(1).nextBytes(content);

		client.putObject(put -> put.bucket("backups").key(key), RequestBody.fromBytes(content));

		assertThat(client.getObjectAsBytes(get -> get.bucket("backups").key(key)).asByteArray()).isEqualTo(content);
		assertThat(client.headObject(head -> head.bucket("backups").key(key)).contentLength())
			.isEqualTo(content.length);
		assertThat(front.calls().latest()).extracting(Call::operation)
			.containsExactly(Operation.PUT_OBJECT, Operation.GET_OBJECT, Operation.HEAD_OBJECT);
		assertThat(front.calls().latest()).extracting(Call::key).containsOnly(key);
		assertThat(front.calls().count(CallClass.A)).isEqualTo(1);
		assertThat(front.calls().count(CallClass.B)).isEqualTo(2);
		assertThat(front.calls().count(CallClass.C)).isZero();
	}

	@Test
	void aClientWithTheSdksDefaultsIsRefusedAsByB2() {
		try (S3Client unwary = SignedClient.withDefaults(front.endpoint(), KEY)) {
			assertThatExceptionOfType(S3Exception.class)
				.isThrownBy(() -> unwary.putObject(put -> put.bucket("backups").key("a"), RequestBody.fromString("a")))
				.withMessageContaining("Unsupported header 'x-amz-")
				.satisfies(refusal -> assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("InvalidArgument"));
		}
	}

	@Test
	void deletingManyWithoutContentMd5IsRefusedAsByB2() {
		Delete one = Delete.builder().objects(ObjectIdentifier.builder().key("a").build()).build();

		assertThatExceptionOfType(S3Exception.class)
			.isThrownBy(() -> client.deleteObjects(delete -> delete.bucket("backups").delete(one)))
			.satisfies(refusal -> assertThat(refusal.statusCode()).isEqualTo(400));
	}

	@ParameterizedTest
	@CsvSource({ "x-amz-tagging, a=b", "x-amz-checksum-crc32, AAAAAA==", "x-amz-sdk-checksum-algorithm, CRC32",
			"x-amz-trailer, x-amz-checksum-crc32", "x-amz-content-sha256, STREAMING-UNSIGNED-PAYLOAD-TRAILER" })
	void headersThatB2DoesNotKnowAreRefused(String name, String value) throws Exception {
		HttpResponse<String> answer = send(request("/backups/a").header(name, value));

		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("<Code>InvalidArgument</Code>", "Unsupported", name);
	}

	@Test
	void theObjectLockAnswerIsTheOneAskedFor() throws Exception {
		HttpResponse<String> before = send(request("/backups?object-lock"));
		front.answerObjectLock(ObjectLockAnswer.COMPLIANCE_30_DAYS);
		HttpResponse<String> after = send(request("/backups?object-lock"));

		assertThat(before.statusCode()).isEqualTo(404);
		assertThat(before.body()).contains("ObjectLockConfigurationNotFoundError");
		assertThat(after.statusCode()).isEqualTo(200);
		assertThat(after.body()).contains("<Mode>COMPLIANCE</Mode><Days>30</Days>");
	}

	@Test
	void aSlowDownSaysWhenToComeBack() throws Exception {
		front.faults().next(1, CallPattern.of(Operation.GET_OBJECT), Fault.slowDown(Duration.ofSeconds(7)));

		HttpResponse<String> answer = send(request("/backups/a"));

		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.headers().firstValue("Retry-After")).contains("7");
		assertThat(answer.body()).contains("<Code>SlowDown</Code>");
		assertThat(front.faults().unfired()).isEmpty();
	}

	@Test
	void aCutBodyEndsAfterThePromisedBytes() throws Exception {
		client.putObject(put -> put.bucket("backups").key("a"), RequestBody.fromBytes(new byte[100_000]));
		front.faults().next(1, CallPattern.any(), new Fault.CutBody(70_000));

		int[] read = { 0 };
		assertThatIOException().isThrownBy(() -> {
			try (var body = client.getObject(get -> get.bucket("backups").key("a"))) {
				while (body.read() >= 0) {
					read[0]++;
				}
			}
		});

		assertThat(read[0]).isEqualTo(70_000);
	}

	@Test
	void aResetIsAResetOnTheWire() throws IOException {
		front.faults().next(1, CallPattern.any(), new Fault.Reset());

		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), front.endpoint().getPort())) {
			socket.getOutputStream()
				.write("GET /backups/a HTTP/1.1\r\nHost: b\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> socket.getInputStream().read())
				.withMessage("Connection reset");
		}
	}

	@Test
	void aLostAnswerMeansTheWorkWasDone() {
		front.faults().next(1, CallPattern.of(Operation.DELETE_OBJECT), new Fault.LoseAnswer());
		client.putObject(put -> put.bucket("backups").key("a"), RequestBody.fromString("a"));

		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> client.deleteObject(delete -> delete.bucket("backups").key("a")));

		assertThat(client.listObjectsV2(list -> list.bucket("backups")).contents()).isEmpty();
	}

	@Test
	void aSilentCallIsNeverAnswered() {
		front.faults().next(1, CallPattern.any(), new Fault.Silence());

		assertThatExceptionOfType(HttpTimeoutException.class)
			.isThrownBy(() -> send(request("/backups/a").timeout(Duration.ofMillis(300))));
		assertThat(front.faults().unfired()).isEmpty();
	}

	@Test
	void aDelayedCallIsAnsweredAsUsual() throws Exception {
		front.faults().next(1, CallPattern.any(), new Fault.Delay(Duration.ofMillis(20)));

		assertThat(send(request("/backups?object-lock")).statusCode()).isEqualTo(404);
	}

	@Test
	void theDateCanBeAnyOther() {
		front.faults().next(1, CallPattern.any(), new Fault.WrongDate(Instant.parse("2031-01-01T00:00:00Z")));

		var answer = client.listObjectsV2(list -> list.bucket("backups")).sdkHttpResponse();

		assertThat(answer.firstMatchingHeader("Date")).contains("Wed, 1 Jan 2031 00:00:00 GMT");
	}

	@Test
	void aConnectionThatIsUsedAgainKeepsItsNumber() throws Exception {
		HttpClient other = HttpClient.newHttpClient();

		send(request("/backups?object-lock"));
		send(request("/backups?object-lock"));
		other.send(request("/backups?object-lock").build(), BodyHandlers.ofString());

		assertThat(front.calls().latest()).extracting(Call::connection).containsExactly(1L, 1L, 2L);
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(front.endpoint() + path));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return plain.send(request.build(), BodyHandlers.ofString());
	}

}
