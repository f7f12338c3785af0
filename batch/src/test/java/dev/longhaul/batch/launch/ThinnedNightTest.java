package dev.longhaul.batch.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import dev.longhaul.batch.backup.ClockworkCluster.Trouble;
import dev.longhaul.batch.backup.NightEvent;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.retention.NightlyLimit;
import dev.longhaul.core.retention.Pin;
import dev.longhaul.core.retention.Retention;
import dev.longhaul.core.retention.RetentionPolicy;
import dev.longhaul.core.run.Night;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nights that carry retention out themselves, because it is declared so.
 */
class ThinnedNightTest {

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final NightlyLimit TEN = new NightlyLimit(10);

	@TempDir
	private Path directory;

	private NightBench bench;

	private int nights;

	@BeforeEach
	void recordThreeNights() throws InterruptedException {
		bench = new NightBench(directory);
		bench.oneAfterTheOther();
		for (int night = 0; night < 3; night++) {
			assertThat(tonight()).isEqualTo(NightEnd.PROVEN);
		}
	}

	@AfterEach
	void close() {
		bench.close();
	}

	@Test
	void whatIsDeclaredToGoGoesOnceTheNightIsProven() throws InterruptedException {
		declare("last 2", TEN);

		assertThat(tonight()).isEqualTo(NightEnd.PROVEN);

		assertThat(backupsOf("pvc-gitea")).containsExactly(stamp(2), stamp(3));
		assertThat(backupsOf("pvc-gitea-db")).containsExactly(stamp(2), stamp(3));
		assertThat(backupsOf("pvc-vaultwarden")).hasSize(4);
		assertThat(bench.events(NightEvent.Thinned.class)).singleElement().satisfies(thinned -> {
			assertThat(thinned.application()).isEqualTo(GITEA);
			assertThat(thinned.report().removed()).isEqualTo(2);
		});
		assertThat(bench.events).last().isInstanceOf(NightEvent.Thinned.class);
		assertThat(bench.events(NightEvent.Warned.class)).isEmpty();
	}

	@Test
	void nothingGoesByItselfUnlessItIsDeclaredSo() throws InterruptedException {
		declare("last 1", null);

		assertThat(tonight()).isEqualTo(NightEnd.PROVEN);

		assertThat(backupsOf("pvc-gitea")).hasSize(4);
		assertThat(bench.events(NightEvent.Thinned.class)).isEmpty();
	}

	@Test
	void aPlanThatRemovesMoreThanANightMayWaitsForAPerson() throws InterruptedException {
		declare("last 1", new NightlyLimit(2));

		assertThat(tonight()).isEqualTo(NightEnd.PROVEN);

		assertThat(backupsOf("pvc-gitea")).hasSize(4);
		assertThat(bench.events(NightEvent.Warned.class)).singleElement()
			.satisfies(warned -> assertThat(warned.warning()).matches(
					"retention of 'gitea' is not carried out: the retention plan of 'gitea' on s3://bucket@region/ "
							+ "removes 3 restore points, and a night may remove 2; if it is meant to be so, 'longhaul "
							+ "retention apply s3://bucket@region/ --approve [0-9a-f]{64}' carries it out"));
	}

	@Test
	void afterANightThatIsNotProvenNothingGoes() throws InterruptedException {
		declare("last 1", TEN);
		bench.cluster.trouble("pvc-gitea", Trouble.ERROR);

		assertThat(tonight()).isEqualTo(NightEnd.UNPROVEN);

		assertThat(backupsOf("pvc-gitea-db")).contains(stamp(0), stamp(1), stamp(2));
		assertThat(bench.cluster.asked()).noneMatch(asked -> asked.startsWith("deletion"));
	}

	@Test
	void aNightThatWasStoppedBetweenTwoRemovalsGoesOnAtTheNextStart() throws InterruptedException {
		declare("last 1", TEN);
		AtomicInteger deletions = new AtomicInteger();
		bench.cluster.onDeletion(backup -> {
			if (deletions.incrementAndGet() == 4) {
				throw new Interruption("told to stop");
			}
		});

		assertThat(tonight()).isEqualTo(NightEnd.STOPPED);
		assertThat(backupsOf("pvc-gitea")).hasSizeBetween(2, 3);

		bench.cluster.onDeletion(backup -> {
		});
		assertThat(bench.run(night(nights - 1))).isEqualTo(NightEnd.PROVEN);
		assertThat(backupsOf("pvc-gitea")).containsExactly(stamp(3));
		assertThat(backupsOf("pvc-gitea-db")).containsExactly(stamp(3));
		assertThat(bench.run(night(nights - 1))).isEqualTo(NightEnd.PROVEN_BEFORE);
	}

	@Test
	void aPinThatIsSetMeanwhileCounts() throws InterruptedException {
		declare("last 1", TEN);
		Instant pinned = night(1).scheduledFor();
		bench.cluster.onDeletion(backup -> bench.retention = of -> Optional
			.of(new Retention(RetentionPolicy.parse("last 1"), Map.of(pinned, new Pin("before the upgrade")), TEN)));

		assertThat(tonight()).isEqualTo(NightEnd.PROVEN);

		assertThat(backupsOf("pvc-gitea")).containsExactly(stamp(1), stamp(3));
		assertThat(bench.events(NightEvent.Warned.class)).extracting(NightEvent.Warned::warning)
			.containsExactly("'gitea', %s stays: pinned meanwhile: before the upgrade".formatted(night(1)));
	}

	@Test
	void whatIsNotKnownToBeDeclaredIsNotCarriedOut() throws InterruptedException {
		bench.retention = of -> {
			throw new RefusedRequest(FailureCode.INVALID_DEFINITION, "the newest commit has a mistake", "correct it");
		};

		assertThat(tonight()).isEqualTo(NightEnd.PROVEN);

		assertThat(backupsOf("pvc-gitea")).hasSize(4);
		assertThat(bench.events(NightEvent.Warned.class)).extracting(NightEvent.Warned::warning)
			.contains("retention of 'gitea' is not carried out: the newest commit has a mistake; correct it");
	}

	@Test
	void aDeletionThatFailsIsWarnedOfAndTheNightIsProvenAllTheSame() throws InterruptedException {
		declare("last 2", TEN);
		bench.cluster.onDeletion(backup -> {
			throw new TransientFailure(FailureCode.CLUSTER_UNREACHABLE, "the API is away", "wait");
		});

		assertThat(tonight()).isEqualTo(NightEnd.PROVEN);

		assertThat(backupsOf("pvc-gitea")).hasSize(4);
		assertThat(bench.events(NightEvent.Warned.class)).extracting(NightEvent.Warned::warning)
			.hasSize(2)
			.first()
			.asString()
			.isEqualTo("'gitea', %s was not removed: the API is away [CLUSTER_UNREACHABLE]".formatted(night(0)));
	}

	private void declare(String policy, @Nullable NightlyLimit limit) {
		Retention retention = new Retention(RetentionPolicy.parse(policy), Map.of(), limit);
		bench.retention = application -> Optional.of(retention).filter(declared -> application.equals(GITEA));
	}

	private NightEnd tonight() throws InterruptedException {
		Night night = night(nights++);
		bench.time.of(Duration.between(bench.time.instant(), night.scheduledFor().plusSeconds(1)));
		return bench.run(night);
	}

	private static Night night(int day) {
		return new Night(NightBench.NIGHT.job(), NightBench.NIGHT.scheduledFor().plus(Duration.ofDays(day + 1)));
	}

	private static String stamp(int day) {
		return night(day).stamp();
	}

	/** The nights of which a backup of the volume is there. */
	private List<String> backupsOf(String volume) {
		return bench.bucket.keys()
			.stream()
			.filter(key -> key.contains("/" + volume + "/backups/"))
			.map(key -> Arrays.stream(new int[] { 0, 1, 2, 3 })
				.mapToObj(ThinnedNightTest::stamp)
				.filter(key::contains)
				.findFirst()
				.orElse(key))
			.sorted()
			.toList();
	}

}
