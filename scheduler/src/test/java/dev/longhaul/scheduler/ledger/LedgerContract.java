package dev.longhaul.scheduler.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.object.ObjectPage;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.backupstore.testing.ForwardingObjectStore;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RecordedManifest;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.run.RunProof.ApplicationProof;
import dev.longhaul.core.run.Verification;
import dev.longhaul.core.run.Verification.Reading;
import dev.longhaul.core.verdict.Copy;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.ledger.Coverage.Amount;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a ledger promises, whatever database it lies in. */
abstract class LedgerContract extends LedgerScene {

	@Test
	void readsAgainOnlyWhatHasChanged() {
		RecordedManifest manifest = write(NIGHT, point(GITEA, 2));
		catalog.write(proof(manifest, proven(NOW)));
		clock.pass(Duration.ofHours(1));
		assertThat(ledger.refresh()).isEqualTo(new Refreshed(2, 0, 1));

		gets.set(0);
		assertThat(ledger.refresh().isNothing()).isTrue();
		assertThat(gets).hasValue(0);

		catalog.write(verification(new Reading(NIGHT, GITEA, manifest.hash(), proven(NOW.plusSeconds(9)))));
		gets.set(0);
		assertThat(ledger.refresh()).isEqualTo(new Refreshed(1, 0, 1));
		assertThat(gets).hasValue(1);
	}

	@Test
	void aDocumentThatWasReplacedWithinTheTickOfTheStoresClockIsFound() {
		RecordedManifest manifest = write(NIGHT, point(GITEA, 2));
		catalog.write(proof(manifest, proven(NOW)));
		ledger.refresh();
		catalog.write(proof(manifest, proven(NOW.plusSeconds(1))));

		ledger.refresh();

		assertThat(ledger.restorePoint(GITEA, NIGHT).orElseThrow().point().proof())
			.isEqualTo(proven(NOW.plusSeconds(1)));
	}

	@Test
	void staysAsItWasWhileTheBucketIsOutOfReachAndSaysSinceWhen() {
		catalog.write(proof(write(NIGHT, point(GITEA, 2)), proven(NOW)));
		ledger.refresh();
		Overview before = ledger.overview();
		memory.delete(List.of("longhaul/runs/nightly/20261122t023000z/manifest.json"));
		clock.pass(Duration.ofMinutes(10));

		Ledger cutOff = ledger(transactions(), catalog(unreachable(), Seal.none()).documents());
		for (int attempt = 0; attempt < 2; attempt++) {
			assertThatThrownBy(cutOff::refresh).isInstanceOf(TransientFailure.class);
			clock.pass(Duration.ofMinutes(10));
		}

		assertThat(cutOff.overview().applications()).isEqualTo(before.applications());
		assertThat(cutOff.freshness())
			.isEqualTo(new Freshness(NOW, NOW.plus(Duration.ofMinutes(10)), "TARGET_UNREACHABLE: memory is down"));

		ledger.refresh();
		assertThat(ledger.overview().applications()).isEmpty();
		assertThat(ledger.freshness()).isEqualTo(new Freshness(clock.instant(), null, null));
	}

	/** The first page, and then nothing. */
	private ObjectStore unreachable() {
		return new ForwardingObjectStore(memory) {

			@Override
			public ObjectPage list(String prefix, String startAfter) {
				if (startAfter.isEmpty()) {
					ObjectPage page = super.list(prefix, startAfter);
					return new ObjectPage(page.objects(), true);
				}
				throw new TransientFailure(FailureCode.TARGET_UNREACHABLE, "memory is down", "wait");
			}

		};
	}

	@Test
	void forgetsWhatWasBelievedUnderAnotherTrust() {
		catalog.write(proof(write(NIGHT, point(GITEA, 2)), proven(NOW)));
		clock.pass(Duration.ofHours(1));
		ledger.refresh();

		ObjectStore elsewhere = new ForwardingObjectStore(memory) {

			@Override
			public String describe() {
				return "another memory";
			}

		};
		Ledger other = ledger(transactions(), catalog(elsewhere, Seal.none()).documents());

		assertThat(other.refresh()).isEqualTo(new Refreshed(2, 0, 1));
		assertThat(other.overview().applications()).hasSize(1);
	}

	@Test
	void readsWhatWasRefusedAgainWhenTheProgramIsStarted() {
		memory.put("longhaul/runs/nightly/20261122t023000z/manifest.json", "{}".getBytes(StandardCharsets.UTF_8));
		clock.pass(Duration.ofHours(1));
		ledger.refresh();
		assertThat(ledger.refusals()).singleElement()
			.satisfies(refusal -> assertThat(refusal.subject())
				.isEqualTo("longhaul/runs/nightly/20261122t023000z/manifest.json"));

		assertThat(ledger.refresh().isNothing()).isTrue();
		assertThat(ledger(transactions(), catalog.documents()).refresh()).isEqualTo(new Refreshed(1, 0, 0));
	}

	@Test
	void whatADatabaseHasNoRoomForDoesNotKeepItFromTheRest() {
		ApplicationName hostile = new ApplicationName("hostile");
		RestorePoint huge = new RestorePoint(hostile,
				List.of(backup(hostile, 0, Long.MAX_VALUE), backup(hostile, 1, Long.MAX_VALUE)));
		RecordedManifest manifest = write(NIGHT, huge, point(GITEA, 1));
		String nameless = "a\0b" + '\ud800';
		catalog.write(new RunProof(NIGHT, manifest.hash(), NOW, places(), List
			.of(new ApplicationProof(new Verdict(hostile, List.of()), new Proof.Refuted(NOW, nameless), null))));
		catalog.write(verification(new Reading(NIGHT, GITEA, nameless, new Proof.Unread("x".repeat(60_000)))));

		ledger.refresh();

		assertThat(ledger.restorePoint(hostile, NIGHT).orElseThrow().point().size())
			.isEqualTo(new ByteSize(Long.MAX_VALUE));
		assertThat(ledger.restorePoint(hostile, NIGHT).orElseThrow().point().proof())
			.isInstanceOfSatisfying(Proof.Refuted.class, refuted -> assertThat(refuted.finding()).startsWith("a"));
		assertThat(ledger.restorePoint(GITEA, NIGHT)).isPresent();
		assertThat(ledger.coverage(NOW, Duration.ofDays(30)).get(0).stored().size())
			.isEqualTo(new ByteSize(Long.MAX_VALUE));
	}

	@Test
	void tellsOfARestorePointWhereItIsAndWhatWasReadOfIt() {
		RecordedManifest manifest = write(NIGHT, point(GITEA, 2));
		catalog.write(proof(manifest, proven(NOW)));
		catalog.write(mirroring(manifest));
		Proof damaged = new Proof.Refuted(NOW.plusSeconds(60), "checksum-mismatch: a block");
		catalog.write(verification(NAS.name(), new Reading(NIGHT, GITEA, manifest.hash(), damaged)));
		ledger.refresh();

		PointDetails point = ledger.restorePoint(GITEA, NIGHT).orElseThrow();

		assertThat(point.copies()).containsExactly(BUCKET.copy(proven(NOW)),
				NAS.copy(new Proof.Refuted(NOW.plusSeconds(60), "in file:///mnt/nas: checksum-mismatch: a block")));
		assertThat(point.answers()).containsExactly(new PointDetails.ReadBack(run(), NAS.name(), damaged),
				new PointDetails.ReadBack(NIGHT, null, proven(NOW)));
		assertThat(point.copies()).extracting(Copy::place).first().isEqualTo(BUCKET.name());
	}

	@Test
	void listsEachVolumeWithItsNewestBackup() {
		Night before = new Night(NIGHT.job(), NIGHT.scheduledFor().minus(Duration.ofDays(1)));
		write(before, new RestorePoint(GITEA, List.of(backup(GITEA, 0, 5, NOW.minus(Duration.ofDays(1))),
				backup(GITEA, 7, 6, NOW.minus(Duration.ofDays(1))))));
		write(NIGHT, point(GITEA, 2), point(new ApplicationName("wiki"), 1));
		ledger.refresh();

		List<StoredVolume> volumes = all(after -> ledger.volumes(null, after, 2));

		assertThat(volumes).extracting(volume -> volume.claim() + " " + volume.night().scheduledFor())
			.containsExactly("gitea/data-0 2026-11-22T02:30:00Z", "gitea/data-1 2026-11-22T02:30:00Z",
					"gitea/data-7 2026-11-21T02:30:00Z", "wiki/data-0 2026-11-22T02:30:00Z");
		assertThat(ledger.volumes(new ApplicationName("wiki"), null, 500).entries()).hasSize(1);
		assertThat(volumes.get(2).size()).isEqualTo(new ByteSize(6));
	}

	@Test
	void countsWhatWasReadBackDayByDay() {
		RecordedManifest manifest = write(NIGHT, point(GITEA, 2));
		catalog.write(proof(manifest, proven(NOW)));
		catalog.write(verification(new Reading(NIGHT, GITEA, manifest.hash(), proven(NOW.plus(Duration.ofDays(2))))));
		Proof damaged = new Proof.Refuted(NOW.plus(Duration.ofDays(2)), "missing-block: a block");
		catalog.write(new Verification(new Night(new JobName("proof"), NOW.plusSeconds(1)), NOW, NAS.name(),
				List.of(new Reading(NIGHT, GITEA, manifest.hash(), damaged))));
		ledger.refresh();

		ByteSize read = ByteSize.ofMebibytes(48);
		assertThat(ledger.readings(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-12-01"))).containsExactly(
				new ReadingDay(LocalDate.parse("2026-11-22"), 1, 0, 24, read),
				new ReadingDay(LocalDate.parse("2026-11-24"), 1, 1, 24, read));
		assertThat(ledger.readings(LocalDate.parse("2026-11-22"), LocalDate.parse("2026-11-24"))).hasSize(1);
		assertThatThrownBy(() -> ledger.readings(LocalDate.parse("2020-01-01"), LocalDate.parse("2026-01-01")))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessage("from 2020-01-01 to 2026-01-01 are more than 1096 days");
	}

	@Test
	void saysHowMuchOfEachPlaceWasReadBackWithinASpan() {
		Night before = new Night(NIGHT.job(), NIGHT.scheduledFor().minus(Duration.ofDays(60)));
		RecordedManifest old = write(before, point(GITEA, 1));
		catalog.write(proof(old, proven(NOW.minus(Duration.ofDays(60)))));
		RecordedManifest manifest = write(NIGHT, point(GITEA, 2));
		catalog.write(proof(manifest, proven(NOW)));
		catalog.write(mirroring(manifest));
		ledger.refresh();

		Amount none = new Amount(0, ByteSize.ZERO);
		Amount two = new Amount(1, ByteSize.ofMebibytes(2));
		assertThat(ledger.coverage(NOW, Duration.ofDays(30))).containsExactly(new Coverage(BUCKET.name(),
				Coverage.Scope.EVERYTHING, new Amount(2, ByteSize.ofMebibytes(3)), two, none),
				new Coverage(NAS.name(), Coverage.Scope.NEWEST_OF_EACH, two, none, none));
		assertThat(ledger.coverage(NOW, Duration.ofDays(90)).get(0).share()).isEqualTo(1);
		assertThat(ledger.coverage(NOW, Duration.ofDays(30)).get(0).share()).isBetween(0.66, 0.67);
	}

	@Test
	void keepsTheSizesOfThirtyDays() {
		for (int day = 0; day < 40; day++) {
			Night night = new Night(NIGHT.job(), NIGHT.scheduledFor().minus(Duration.ofDays(day)));
			write(night, new RestorePoint(GITEA, List.of(backup(GITEA, 0, 100 - day, night.scheduledFor()))));
		}
		ledger.refresh();

		Trend trend = ledger.overview().applications().get(0).trend();

		assertThat(trend.days()).hasSize(30)
			.startsWith(new Trend.Day(LocalDate.parse("2026-11-22"), new ByteSize(100)),
					new Trend.Day(LocalDate.parse("2026-11-21"), new ByteSize(99)));
		assertThat(trend.upTo(LocalDate.parse("2026-11-22"), 7).days()).hasSize(7);
	}

	@Test
	void aSecondThreadLooksForItself() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Future<Refreshed>> refreshes = new ArrayList<>();
			for (int day = 0; day < 12; day++) {
				Night night = new Night(NIGHT.job(), NIGHT.scheduledFor().minus(Duration.ofDays(day)));
				write(night, point(GITEA, 1));
				refreshes.add(threads.submit(ledger::refresh));
			}
			for (Future<Refreshed> refresh : refreshes) {
				refresh.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
		requireEqual("after twelve refreshes in four threads");
	}

	@Test
	void whoeverBeganLaterGoesOnWithARefresh() {
		catalog.write(proof(write(NIGHT, point(GITEA, 2)), proven(NOW)));
		Ledger[] later = new Ledger[1];
		ObjectStore interrupted = new ForwardingObjectStore(memory) {

			@Override
			public Optional<StoredObject> open(String key) {
				// Another server, on the same database.
				later[0].refresh();
				return super.open(key);
			}

		};
		later[0] = ledger;

		Refreshed lost = ledger(transactions(), catalog(interrupted, Seal.none()).documents()).refresh();

		assertThat(lost).isEqualTo(new Refreshed(0, 0, 0));
		requireEqual("after the later one");
	}

	@Test
	void refusesPagesNobodyMayAskFor() {
		assertThatThrownBy(() -> ledger.restorePoints(GITEA, null, 501)).isInstanceOf(IllegalArgumentException.class)
			.hasMessage("a page has 1 to 500 entries, not 501");
		assertThatThrownBy(() -> ledger.restorePoints(GITEA, new Cursor(List.of("gitea", "1")), 5))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessage("this cursor is of another list");
	}

}
