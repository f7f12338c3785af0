package dev.longhaul.batch.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.batch.verify.VerifyEvent;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.run.ApplicationRecord;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.run.Verification;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Restore points of earlier nights, read back once more. */
class VerifyRunTest {

	private static final Duration DAY = Duration.ofDays(1);

	private static final Night OLDER = new Night(NightBench.NIGHT.job(), NightBench.NIGHT.scheduledFor().minus(DAY));

	@TempDir
	private Path directory;

	private NightBench bench;

	private FollowUpBench followUps;

	@BeforeEach
	void runANight() {
		bench = new NightBench(directory);
		followUps = new FollowUpBench(bench);
		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);
	}

	@AfterEach
	void close() {
		bench.close();
	}

	@Test
	void whatIsStillWholeIsProvenAgainAndRecorded() {
		assertThat(verify(1)).isEqualTo(NightEnd.PROVEN);

		Verification recorded = bench.catalog.findVerification(FollowUpBench.VERIFICATION).orElseThrow();
		assertThat(recorded.readings()).extracting(reading -> reading.application().value())
			.containsExactly("gitea", "vaultwarden");
		assertThat(recorded.readings().get(0).proof()).isInstanceOfSatisfying(Proof.Proven.class,
				proven -> assertThat(proven.blocks()).isEqualTo(2));
		assertThat(record("gitea").judged()).isNotNull()
			.satisfies(judged -> assertThat(judged.at())
				.isEqualTo(((Proof.Proven) recorded.readings().get(0).proof()).at()));
	}

	@Test
	void damageThatCameAfterTheNightRefutesItsProof() throws IOException {
		flipABit("pvc-gitea");

		assertThat(verify(1)).isEqualTo(NightEnd.UNPROVEN);

		ApplicationRecord gitea = record("gitea");
		assertThat(gitea.points().get(0).proof()).isInstanceOfSatisfying(Proof.Refuted.class,
				refuted -> assertThat(refuted.finding()).startsWith("checksum-mismatch: "));
		assertThat(gitea.judged().verdict().on(Clause.ERRORS).answer()).isEqualTo(Answer.FAILS);
		assertThat(gitea.newestProven()).isEmpty();
		assertThat(record("vaultwarden").judged().verdict().on(Clause.ERRORS).answer()).isEqualTo(Answer.HOLDS);
	}

	@Test
	void asManyRestorePointsAreReadAsAreAskedFor() {
		recordAnOlderNight(backup -> backup);

		assertThat(verify(2)).isEqualTo(NightEnd.PROVEN);

		assertThat(followUps.events(VerifyEvent.Read.class)).extracting(event -> event.reading().night())
			.containsExactly(NightBench.NIGHT, OLDER, NightBench.NIGHT, OLDER);
		assertThat(record("gitea").points()).hasSize(2)
			.allSatisfy(point -> assertThat(point.proof()).isInstanceOf(Proof.Proven.class));
	}

	@Test
	void anOlderRestorePointThatWasRemovedIsPassedOver() {
		recordAnOlderNight(backup -> new BackupName("removed-" + backup));

		assertThat(verify(2)).isEqualTo(NightEnd.PROVEN);

		assertThat(followUps.events(VerifyEvent.Read.class)).extracting(event -> event.reading().night())
			.containsExactly(NightBench.NIGHT, NightBench.NIGHT);
	}

	@Test
	void theNewestRestorePointThatIsGoneIsRefuted() {
		removeABackupOf(NightBench.NIGHT, "pvc-gitea-db");

		assertThat(verify(1)).isEqualTo(NightEnd.UNPROVEN);

		assertThat(record("gitea").judged().verdict().on(Clause.ERRORS).evidence())
			.matches("backup '.+' of volume 'pvc-gitea-db' is not there any more");
	}

	@Test
	void aBucketThatIsDownProvesAndRefutesNothing() {
		bench.bucket.goDown();

		assertThatThrownBy(() -> verify(1)).isInstanceOf(LonghaulException.class).hasMessageContaining("is down");
	}

	@Test
	void aRestartReadsOnlyWhatWasNotRead() {
		StopSignal stop = new StopSignal();

		assertThat(followUps.verify(1, event -> {
			if (event instanceof VerifyEvent.Read) {
				stop.stop();
			}
		}, stop)).isEqualTo(NightEnd.STOPPED);
		assertThat(bench.catalog.findVerification(FollowUpBench.VERIFICATION)).isEmpty();
		assertThat(verify(1)).isEqualTo(NightEnd.PROVEN);

		assertThat(followUps.events(VerifyEvent.Read.class)).extracting(event -> event.reading().application().value())
			.containsExactly("gitea", "vaultwarden");
		assertThat(bench.catalog.findVerification(FollowUpBench.VERIFICATION).orElseThrow().readings()).hasSize(2);
	}

	private NightEnd verify(int restorePoints) {
		return followUps.verify(restorePoints, event -> {
		}, new StopSignal());
	}

	/** Of the day before, with the backups of the night or others. */
	private void recordAnOlderNight(UnaryOperator<BackupName> backups) {
		RunManifest made = bench.catalog.findManifest(NightBench.NIGHT).orElseThrow().manifest();
		List<RestorePoint> older = made.restorePoints()
			.stream()
			.map(point -> new RestorePoint(point.application(),
					point.backups()
						.stream()
						.map(backup -> new VolumeBackup(backup.claim(), backup.volume(), backup.snapshot(),
								backup.snapshotAt().minus(DAY), backups.apply(backup.backup()), backup.size()))
						.toList()))
			.toList();
		bench.catalog.write(new RunManifest(OLDER, null, made.targetUrl(), made.longhornVersion(), null,
				made.writtenAt().minus(DAY), older, Map.of()));
	}

	private ApplicationRecord record(String application) {
		return bench.catalog.readAll()
			.applications()
			.stream()
			.filter(record -> record.application().equals(new ApplicationName(application)))
			.findFirst()
			.orElseThrow();
	}

	private Stream<String> keys(String part) {
		return bench.bucket.keys().stream().filter(key -> key.contains(part));
	}

	private void removeABackupOf(Night night, String volume) {
		String backup = bench.catalog.findManifest(night)
			.orElseThrow()
			.manifest()
			.restorePoints()
			.stream()
			.flatMap(point -> point.backups().stream())
			.filter(made -> made.volume().equals(new VolumeName(volume)))
			.findFirst()
			.orElseThrow()
			.backup()
			.value();
		bench.bucket.delete(keys(backup).toList());
	}

	private void flipABit(String volume) throws IOException {
		String key = keys("/" + volume + "/blocks/").findFirst().orElseThrow();
		byte[] content;
		try (StoredObject block = bench.bucket.open(key).orElseThrow()) {
			content = block.content().readAllBytes();
		}
		content[content.length / 2] ^= 1;
		bench.bucket.put(key, content);
	}

}
