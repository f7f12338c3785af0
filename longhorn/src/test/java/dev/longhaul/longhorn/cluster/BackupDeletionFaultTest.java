package dev.longhaul.longhorn.cluster;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

import dev.longhaul.core.backup.Backup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.backup.BackupState;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.longhorn.connection.CallBounds;
import dev.longhaul.longhorn.testing.ScriptedApi;
import dev.longhaul.longhorn.testing.ScriptedApi.Reply;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Scripted faults of a deletion over real connections. The test fails if a fault of its
 * script never fired.
 */
@Timeout(30)
class BackupDeletionFaultTest {

	private static final CallBounds SHORT = new CallBounds(Duration.ofMillis(500), Duration.ofMillis(700), 20_000);

	private static final BackupName NAME = new BackupName("night-1");

	private static final String THERE = """
			{"apiVersion":"longhorn.io/v1beta2","kind":"Backup","metadata":{"name":"night-1","labels":
			{"backup-volume":"vault-data","backup-target":"default"}},"status":{"state":"Completed"}}""";

	private static final String GOING = THERE.replace("\"labels\"",
			"\"deletionTimestamp\":\"2026-11-22T12:00:00Z\",\"labels\"");

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

	@Test
	void asksOnceAndDoesNotWait() {
		api.on("DELETE", Reply.json(200, GOING));

		cluster.deleteBackup(NAME);

		assertThat(api.requests()).singleElement()
			.asString()
			.contains("DELETE /apis/longhorn.io/v1beta2/namespaces/longhorn-system/backups/night-1");
	}

	@Test
	void aMissingKindIsNoDeletedObject() {
		api.on("DELETE", Reply.text(404, "404 page not found", "Content-Type", "text/plain"))
			.on("GET", Reply.text(404, "404 page not found", "Content-Type", "text/plain"));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> cluster.deleteBackup(NAME));
	}

	@Test
	void looksWhenTheAnswerIsCutAndItIsGone() {
		api.on("DELETE", Reply.cut()).on("GET", Reply.notFound("backups", "night-1"));

		cluster.deleteBackup(NAME);
	}

	@Test
	void looksWhenTheAnswerIsCutAndItIsGoing() {
		api.on("DELETE", Reply.hang()).on("GET", Reply.json(200, GOING));

		cluster.deleteBackup(NAME);
	}

	@Test
	void mayBeTriedAgainWhenItIsStillThere() {
		api.on("DELETE", Reply.failure(500, "InternalError", "etcd leader changed")).on("GET", Reply.json(200, THERE));

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(() -> cluster.deleteBackup(NAME))
			.withMessage("the cluster did not delete backups.longhorn.io 'night-1' in namespace 'longhorn-system': "
					+ "etcd leader changed");
	}

	@Test
	void doesNotKnowTheOutcomeWhenLookingFailsToo() {
		api.on("DELETE", Reply.cut()).on("GET", Reply.failure(503, "ServiceUnavailable", "not now"));

		assertThatExceptionOfType(OutcomeUnknown.class).isThrownBy(() -> cluster.deleteBackup(NAME))
			.withMessageContaining("it may have been done, and looking failed too");
	}

	@Test
	void aMissingRightIsRefusedWithTheRightThatIsMissing() {
		api.on("DELETE", Reply.failure(403, "Forbidden", "backups.longhorn.io is forbidden"));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> cluster.deleteBackup(NAME))
			.satisfies(failure -> assertThat(failure.hint()).contains("allow the verb 'delete' on 'backups'"));
	}

	@Test
	void aDeletionThatFailedSaysWhy() {
		api.on("GET", Reply.json(200, GOING.replace("\"state\":\"Completed\"",
				"\"state\":\"Error\",\"messages\":{\"error\":\"failed lock\"}")));

		assertThat(cluster.findBackup(NAME)).get()
			.extracting(Backup::state, Backup::error)
			.containsExactly(BackupState.DELETING, "failed lock");
	}

}
