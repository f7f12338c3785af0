package dev.longhaul.longhorn.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.backup.Backup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.cluster.BackupRequest;
import dev.longhaul.core.cluster.SnapshotRequest;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.volume.Snapshot;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.connection.CallBounds;
import dev.longhaul.longhorn.testing.ScriptedApi;
import dev.longhaul.longhorn.testing.ScriptedApi.Reply;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Scripted faults over real connections, with the client that is used in production and
 * shorter bounds. The test fails if a fault of its script never fired.
 */
@Timeout(30)
class LonghornVolumeClusterFaultTest {

	private static final CallBounds SHORT = new CallBounds(Duration.ofMillis(500), Duration.ofMillis(700), 20_000);

	private static final String VOLUMES = "/apis/longhorn.io/v1beta2/namespaces/longhorn-system/volumes";

	private static final SnapshotRequest SNAPSHOT = new SnapshotRequest(new SnapshotName("night-1"),
			new VolumeName("vault-data"), Map.of());

	private static final String TAKEN = """
			{"apiVersion":"longhorn.io/v1beta2","kind":"Snapshot","metadata":{"name":"night-1","namespace":"longhorn-system"},
			"spec":{"volume":"vault-data","createSnapshot":true,"labels":null}}""";

	private static final String EMPTY_LIST = """
			{"apiVersion":"longhorn.io/v1beta2","kind":"VolumeList","metadata":{"resourceVersion":"1"},"items":[]}""";

	@TempDir
	Path directory;

	private final ScriptedApi api = new ScriptedApi();

	private KubernetesClient client;

	private VolumeCluster cluster;

	@BeforeEach
	void connect() {
		client = api.client(directory, SHORT);
		cluster = new LonghornVolumeCluster(client, "longhorn-system", Clock.systemUTC());
	}

	@AfterEach
	void disconnect() {
		client.close();
		api.close();
		api.assertPlayed();
	}

	@ParameterizedTest
	@CsvSource({ "500, InternalError", "502, BadGateway", "503, ServiceUnavailable", "504, Timeout",
			"429, TooManyRequests", "408, RequestTimeout", "409, Conflict", "410, Expired" })
	void anAnswerThatMayChangeByItselfIsTransient(int code, String reason) {
		api.on("GET", Reply.failure(code, reason, "the server is not itself"));

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(cluster::volumes)
			.withMessage(
					"the cluster did not list volumes.longhorn.io in namespace 'longhorn-system': the server is not itself")
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.CLUSTER_UNREACHABLE))
			.satisfies(failure -> assertThat(failure.hint()).contains("kubectl -n longhorn-system get pods"));
	}

	@Test
	void tellsHowLongABusyServerAsksToWait() {
		api.on("GET", Reply.json(429, """
				{"kind":"Status","status":"Failure","message":"too many requests","reason":"TooManyRequests",
				"details":{"retryAfterSeconds":7},"code":429}"""));

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(cluster::volumes)
			.withMessageEndingWith("too many requests (it asks to wait 7 s)");
	}

	@Test
	void doesNotObeyABusyServerBySleeping() {
		api.on("GET", Reply.text(429, "Too many requests, please try again later.", "Retry-After", "3600"));

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(cluster::volumes)
			.withMessageEndingWith(": Too Many Requests");
	}

	@Test
	void anExpiredTokenIsRefusedWithWhatToDo() {
		api.on("GET", Reply.failure(401, "Unauthorized", "Unauthorized"));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(cluster::volumes)
			.withMessageEndingWith(": Unauthorized")
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.CLUSTER_REFUSED))
			.satisfies(failure -> assertThat(failure.hint()).isEqualTo(
					"the credentials are missing, wrong or expired: renew the kubeconfig or the service account's token"));
	}

	@Test
	void aMissingRightIsRefusedWithTheRightThatIsMissing() {
		api.on("GET", Reply.failure(403, "Forbidden", "volumes.longhorn.io is forbidden"));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(cluster::volumes)
			.withMessageEndingWith(": volumes.longhorn.io is forbidden")
			.satisfies(failure -> assertThat(failure.hint()).isEqualTo(
					"allow the verb 'list' on 'volumes' of API group 'longhorn.io' in namespace 'longhorn-system', "
							+ "in a Role bound to this user"));
	}

	@ParameterizedTest
	@CsvSource({ "400, BadRequest", "422, Invalid", "405, MethodNotAllowed" })
	void anyOtherAnswerIsRefusedWithTheServersSentence(int code, String reason) {
		api.on("GET", Reply.failure(code, reason, "spec.volume: Required value"));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(cluster::volumes)
			.withMessageEndingWith(": spec.volume: Required value");
	}

	@Test
	void neverFollowsARedirect() {
		api.on("GET", Reply.text(302, "", "Location", api.address() + "/elsewhere"));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(cluster::volumes);
		assertThat(api.requests()).hasSize(1);
	}

	@Test
	void aDeniedBackupKeepsLonghornsSentence() {
		String denial = "admission webhook \\\"validator.longhorn.io\\\" denied the request: backup target default is not available";
		BackupRequest request = new BackupRequest(new BackupName("night-1"), new VolumeName("vault-data"),
				new SnapshotName("night-1"), "default", Map.of());
		api.on("GET", Reply.notFound("backups", "night-1"))
			.on("GET", Reply.json(200, """
					{"apiVersion":"longhorn.io/v1beta2","kind":"Setting","metadata":{"name":"current-longhorn-version"},
					"value":"v1.10.0"}"""))
			.on("GET", Reply.json(200, """
					{"apiVersion":"longhorn.io/v1beta2","kind":"Volume","metadata":{"name":"vault-data"},"spec":{}}"""))
			.on("POST", Reply.failure(400, "BadRequest", denial));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> cluster.makeBackup(request))
			.withMessage("the cluster did not create backups.longhorn.io 'night-1' in namespace 'longhorn-system': "
					+ "admission webhook \"validator.longhorn.io\" denied the request: backup target default is not available")
			.satisfies(failure -> assertThat(failure.hint())
				.contains("kubectl -n longhorn-system get backuptargets.longhorn.io"));
	}

	@Test
	void aMissingKindIsNoMissingObject() {
		api.on("GET", Reply.text(404, "404 page not found", "Content-Type", "text/plain"))
			.on("GET", Reply.text(404, "404 page not found", "Content-Type", "text/plain"));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> cluster.findBackup(new BackupName("night-1")))
			.satisfies(failure -> assertThat(failure.hint()).isEqualTo(
					"check that Longhorn is installed in namespace 'longhorn-system': kubectl get crd backups.longhorn.io"));
	}

	@Test
	void aMissingObjectIsAbsent() {
		api.on("GET", Reply.notFound("backups", "night-1"));

		assertThat(cluster.findBackup(new BackupName("night-1"))).isEmpty();
	}

	@Test
	void aRefusedConnectionIsTransientAndNothingWasSent() throws IOException {
		try (KubernetesClient nobody = ScriptedApi.clientOf("http://127.0.0.1:1", directory, SHORT)) {
			VolumeCluster unreachable = new LonghornVolumeCluster(nobody, "longhorn-system", Clock.systemUTC());

			assertThatExceptionOfType(TransientFailure.class).isThrownBy(unreachable::volumes)
				.withMessage("the cluster did not list volumes.longhorn.io in namespace 'longhorn-system': "
						+ "no connection to http://127.0.0.1:1/ (ConnectException)");
			assertThatExceptionOfType(TransientFailure.class).isThrownBy(() -> unreachable.takeSnapshot(SNAPSHOT));
		}
	}

	@Test
	void aHandshakeThatBreaksOffIsTransientAndNoMatterOfCertificates() throws IOException {
		try (ServerSocket closing = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
				KubernetesClient secure = ScriptedApi.clientOf("https://127.0.0.1:" + closing.getLocalPort(), directory,
						SHORT)) {
			Thread server = new Thread(() -> closeConnections(closing), "closes-connections");
			server.start();
			VolumeCluster cluster = new LonghornVolumeCluster(secure, "longhorn-system", Clock.systemUTC());

			assertThatExceptionOfType(TransientFailure.class).isThrownBy(cluster::volumes);
		}
	}

	@Test
	void aConnectionCutBeforeTheAnswerIsTransient() {
		api.onEach("GET", Reply.cut());

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(cluster::volumes);
	}

	@Test
	void aConnectionCutInTheAnswerIsTransientAndNoShortList() {
		api.on("GET", Reply.cutInBody());

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(cluster::volumes);
	}

	@Test
	void aServerThatNeverAnswersIsGivenUp() {
		api.on("GET", Reply.hang());

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(cluster::volumes)
			.withMessageContaining("HttpTimeoutException");
	}

	@Test
	void aServerThatStopsInTheAnswerIsGivenUp() {
		api.on("GET", Reply.hangInBody());

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(cluster::volumes)
			.withMessageContaining("TimeoutException");
	}

	@Test
	void anAnswerWithoutEndIsGivenUp() {
		api.on("GET", Reply.json(200, " ".repeat(20_001)));

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(cluster::volumes)
			.withMessageContaining("the answer is longer than 20000 bytes");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{}", "{\"kind\":\"VolumeList\",\"metadata\":{},\"items\":[null]}",
			"{\"kind\":\"Status\",\"status\":\"Success\"}", "<html>Please log in</html>", "null" })
	void anAnswerThatIsNoListIsNotAnEmptyList(String body) {
		api.on("GET", Reply.json(200, body));

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(cluster::volumes);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{}", "{\"kind\":\"Backup\",\"metadata\":{\"name\":\"night-2\"}}", "null" })
	void anAnswerThatIsNotTheObjectIsNotAnAbsentOne(String body) {
		api.on("GET", Reply.json(200, body));

		assertThatExceptionOfType(TransientFailure.class)
			.isThrownBy(() -> cluster.findBackup(new BackupName("night-1")))
			.satisfies(failure -> assertThat(failure.hint())
				.isEqualTo("check that " + api.address() + "/ is a Kubernetes API server"));
	}

	@Test
	void readsAListPageByPage() {
		api.on("GET", Reply.json(200, page("b", "more+")))
			.on("GET", Reply.json(200, page("a", "even/more")))
			.on("GET", Reply.json(200, page("c", "")));

		assertThat(cluster.volumes()).extracting(volume -> volume.name().value())
			.containsExactly("volume-a", "volume-b", "volume-c");
		assertThat(api.requests()).containsExactly("GET " + VOLUMES + "?limit=250",
				"GET " + VOLUMES + "?continue=more%2B&limit=250", "GET " + VOLUMES + "?continue=even%2Fmore&limit=250");
	}

	@Test
	void aListThatBreaksOnItsSecondPageIsNotAShortList() {
		api.on("GET", Reply.json(200, page("a", "more")))
			.on("GET", Reply.failure(410, "Expired", "The provided continue parameter is too old"));

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(cluster::volumes)
			.withMessageEndingWith("The provided continue parameter is too old");
	}

	@Test
	void looksWhenTheAnswerToACreateIsCutAndFindsIt() {
		api.on("GET", Reply.notFound("snapshots", "night-1")).on("POST", Reply.cut()).on("GET", Reply.json(200, TAKEN));

		assertThat(cluster.takeSnapshot(SNAPSHOT)).extracting(Snapshot::name).isEqualTo(SNAPSHOT.name());
	}

	@Test
	void looksWhenACreateIsNotAnsweredInTimeAndFindsIt() {
		api.on("GET", Reply.notFound("snapshots", "night-1"))
			.on("POST", Reply.hang())
			.on("GET", Reply.json(200, TAKEN));

		assertThat(cluster.takeSnapshot(SNAPSHOT)).extracting(Snapshot::name).isEqualTo(SNAPSHOT.name());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{}", "null", "<html>Please log in</html>" })
	void looksWhenTheAnswerToACreateIsNotTheObject(String body) {
		api.on("GET", Reply.notFound("snapshots", "night-1"))
			.on("POST", Reply.json(201, body))
			.on("GET", Reply.json(200, TAKEN));

		assertThat(cluster.takeSnapshot(SNAPSHOT)).extracting(Snapshot::name).isEqualTo(SNAPSHOT.name());
	}

	@Test
	void looksWhenACreateFailsInsideTheServerAndMayBeTriedAgain() {
		api.on("GET", Reply.notFound("snapshots", "night-1"))
			.on("POST", Reply.failure(500, "InternalError", "failed calling webhook: no endpoints available"))
			.on("GET", Reply.notFound("snapshots", "night-1"));

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(() -> cluster.takeSnapshot(SNAPSHOT))
			.withMessage("the cluster did not create snapshots.longhorn.io 'night-1' in namespace 'longhorn-system': "
					+ "failed calling webhook: no endpoints available");
	}

	@Test
	void doesNotKnowTheOutcomeWhenLookingFailsToo() {
		api.on("GET", Reply.notFound("snapshots", "night-1"))
			.on("POST", Reply.cut())
			.on("GET", Reply.failure(503, "ServiceUnavailable", "restarting"));

		assertThatExceptionOfType(OutcomeUnknown.class).isThrownBy(() -> cluster.takeSnapshot(SNAPSHOT))
			.withMessageStartingWith("the cluster did not create snapshots.longhorn.io 'night-1'")
			.withMessageContaining("it may have been done, and looking failed too:")
			.withMessageEndingWith("restarting")
			.satisfies(failure -> assertThat(failure.hint()).isEqualTo(
					"look before doing anything else: kubectl -n longhorn-system get snapshots.longhorn.io night-1"));
	}

	@Test
	void doesNotKnowTheOutcomeWhenLookingIsNotAllowed() {
		api.on("GET", Reply.notFound("snapshots", "night-1"))
			.on("POST", Reply.cut())
			.on("GET", Reply.failure(401, "Unauthorized", "Unauthorized"));

		assertThatExceptionOfType(OutcomeUnknown.class).isThrownBy(() -> cluster.takeSnapshot(SNAPSHOT))
			.withMessageEndingWith("Unauthorized");
	}

	@Test
	void takesWhatAnotherCreatedMeanwhile() {
		api.on("GET", Reply.notFound("snapshots", "night-1"))
			.on("POST", Reply.failure(409, "AlreadyExists", "already exists"))
			.on("GET", Reply.json(200, TAKEN));

		assertThat(cluster.takeSnapshot(SNAPSHOT)).extracting(Snapshot::name).isEqualTo(SNAPSHOT.name());
	}

	@Test
	void isTransientWhenWhatAnotherCreatedIsGoneAgain() {
		api.on("GET", Reply.notFound("snapshots", "night-1"))
			.on("POST", Reply.failure(409, "AlreadyExists", "already exists"))
			.on("GET", Reply.notFound("snapshots", "night-1"));

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(() -> cluster.takeSnapshot(SNAPSHOT))
			.withMessageEndingWith("already exists; a moment later it was gone");
	}

	@Test
	void returnsWhatIsThereWithoutAskingAgain() {
		api.on("GET", Reply.json(200,
				"""
						{"apiVersion":"longhorn.io/v1beta2","kind":"Backup","metadata":{"name":"night-1",
						"labels":{"backup-volume":"vault-data"}},"spec":{"snapshotName":"night-1"},"status":{"state":"InProgress"}}"""));

		Backup backup = cluster.makeBackup(new BackupRequest(new BackupName("night-1"), new VolumeName("vault-data"),
				new SnapshotName("night-1"), "default", Map.of()));

		assertThat(backup.name()).isEqualTo(new BackupName("night-1"));
	}

	@Test
	void endsWhenTheThreadIsToldToStop() {
		api.on("GET", Reply.interrupt(Thread.currentThread()));

		assertThatExceptionOfType(LonghaulException.class).isThrownBy(cluster::volumes)
			.isInstanceOf(Interruption.class)
			.withMessage(
					"interrupted while asking the cluster to list volumes.longhorn.io in namespace 'longhorn-system'");
		assertThat(Thread.interrupted()).as("the flag stays set").isTrue();
	}

	@Test
	void keepsAMessageToOneLineOfBoundedLength() {
		api.on("GET", Reply.failure(422, "Invalid", "line one\\nline \\u001b[31mtwo " + "x".repeat(5000)));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(cluster::volumes)
			.satisfies(failure -> assertThat(failure.fact()).contains("line one line [31mtwo x")
				.doesNotContain("\n", "\u001b")
				.hasSizeLessThan(2200));
	}

	@Test
	void anEmptyListIsAnAnswer() {
		api.on("GET", Reply.json(200, EMPTY_LIST));

		assertThat(cluster.volumes()).isEqualTo(List.of());
	}

	private static String page(String suffix, String next) {
		return """
				{"apiVersion":"longhorn.io/v1beta2","kind":"VolumeList","metadata":{"continue":"%s"},"items":[
				{"apiVersion":"longhorn.io/v1beta2","kind":"Volume","metadata":{"name":"volume-%s",
				"creationTimestamp":"2026-08-01T00:00:00Z"},"spec":{"size":"2097152"}}]}""".formatted(next, suffix);
	}

	private static void closeConnections(ServerSocket server) {
		try {
			for (int i = 0; i < 100; i++) {
				server.accept().close();
			}
		}
		catch (IOException closed) {
			// The test is over.
		}
	}

}
