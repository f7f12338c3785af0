package dev.longhaul.restore.choice;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.backupstore.testing.RealBackups;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.restore.choice.ChosenPoint.PassedOver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static dev.longhaul.restore.choice.Held.backup;
import static dev.longhaul.restore.choice.Held.day;
import static dev.longhaul.restore.choice.Held.night;
import static dev.longhaul.restore.choice.Held.proven;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ChoiceTest {

	private static final ClaimRef DATA = new ClaimRef("gitea", "data");

	private static final ClaimRef WIKI = new ClaimRef("wiki", "pages");

	private static final Proof DAMAGED = new Proof.Refuted(day(21), "block 7a11 is missing");

	private static final Proof UNREAD = new Proof.Unread("the night was stopped");

	private final Held held = new Held();

	@Test
	void theNewestProvenOneIsChosenAndNewerOnesAreToldWithTheReason() {
		held.volume("pvc-1", DATA, 18, 19, 20, 21)
			.recorded(18, "gitea", DATA, "pvc-1", proven(18))
			.recorded(19, "gitea", DATA, "pvc-1", proven(19))
			.recorded(20, "gitea", DATA, "pvc-1", UNREAD)
			.recorded(21, "gitea", DATA, "pvc-1", DAMAGED);

		ChosenPoint point = only(choose(Wanted.everything()));

		assertThat(point.origin()).isEqualTo(new Origin.Recorded(night(19)));
		assertThat(point.takenAt()).isEqualTo(day(19));
		assertThat(point.reason()).isEqualTo("newest proven");
		assertThat(point.passedOver()).containsExactly(
				new PassedOver(day(21), "it was found damaged: block 7a11 is missing"),
				new PassedOver(day(20), "it was never proven: the night was stopped"));
		assertThat(point.volumes()).singleElement().satisfies(volume -> {
			assertThat(volume.backup()).isEqualTo(backup("pvc-1", 19));
			assertThat(volume.size()).isEqualTo(ByteSize.ofMebibytes(64));
			assertThat(volume.written()).isEqualTo(ByteSize.ofMebibytes(6));
			assertThat(volume.blocks()).isEqualTo(3);
		});
	}

	@Test
	void oneWhoseBackupWasDeletedIsNone() {
		held.volume("pvc-1", DATA, 18)
			.recorded(18, "gitea", DATA, "pvc-1", proven(18))
			.recorded(19, "gitea", DATA, "pvc-1", proven(19));

		ChosenPoint point = only(choose(Wanted.everything()));

		assertThat(point.takenAt()).isEqualTo(day(18));
		assertThat(point.passedOver()).extracting(PassedOver::why)
			.containsExactly("backup 'pvc-1-19' of volume 'pvc-1' is not in the bucket any more");
	}

	@Test
	void withoutAProvenOneTheNewestIsChosenThatNothingSpeaksAgainst() {
		held.volume("pvc-1", DATA, 18, 19, 20)
			.recorded(18, "gitea", DATA, "pvc-1", UNREAD)
			.recorded(19, "gitea", DATA, "pvc-1", UNREAD)
			.recorded(20, "gitea", DATA, "pvc-1", DAMAGED);

		ChosenPoint point = only(choose(Wanted.everything()));

		assertThat(point.takenAt()).isEqualTo(day(19));
		assertThat(point.reason()).isEqualTo("newest; none is proven");
	}

	@Test
	void aDamagedOneIsRestoredOnlyIfSomebodyAsksForIt() {
		held.volume("pvc-1", DATA, 20).recorded(20, "gitea", DATA, "pvc-1", DAMAGED);

		Chosen nothing = choose(Wanted.everything());
		ChosenPoint asked = only(choose(new Wanted(Set.of(), null, Night.parse("nightly@20261120t023000z"))));

		assertThat(nothing.points()).isEmpty();
		assertThat(nothing.missing())
			.containsExactly(new Absence("application 'gitea'", "it was found damaged: block 7a11 is missing; "
					+ "--restore-point nightly@20261120t023000z restores one all the same"));
		assertThat(asked.proof()).isEqualTo(DAMAGED);
	}

	@Test
	void thePastIsReachedByAnInstant() {
		held.volume("pvc-1", DATA, 18, 19)
			.volume("pvc-2", WIKI, 18, 19)
			.recorded(18, "gitea", DATA, "pvc-1", proven(18))
			.recorded(19, "gitea", DATA, "pvc-1", proven(19));

		List<ChosenPoint> then = choose(new Wanted(Set.of(), day(19).minusSeconds(1), null)).points();
		Chosen before = choose(new Wanted(Set.of(), day(18).minusSeconds(1), null));

		assertThat(then).extracting(ChosenPoint::takenAt).containsExactly(day(18), day(18));
		assertThat(before.points()).isEmpty();
		assertThat(before.missing()).extracting(Absence::why)
			.containsExactlyInAnyOrder("it has no restore point up to 2026-11-18T02:29:59Z",
					"it has no finished backup by then");
	}

	@Test
	void whatOnlyLonghornKnowsIsGroupedByNamespace() {
		held.volume("pvc-1", WIKI, 18, 20)
			.volume("pvc-2", new ClaimRef("wiki", "uploads"), 19)
			.volume("pvc-3", null, 19)
			.volume("pvc-4", new ClaimRef("n".repeat(60), "data"), 19);

		Chosen chosen = choose(Wanted.everything());

		assertThat(chosen.points()).extracting(point -> point.application().value())
			.hasSize(3)
			.contains("wiki", "unclaimed");
		ChosenPoint wiki = chosen.points().get(2);
		assertThat(wiki.origin()).isEqualTo(new Origin.LonghornAlone());
		assertThat(wiki.proof()).isInstanceOf(Proof.Unread.class);
		assertThat(wiki.volumes()).extracting(RestorableVolume::backup)
			.containsExactly(backup("pvc-1", 20), backup("pvc-2", 19));
		assertThat(wiki.volumes()).first().satisfies(volume -> {
			FormerClaim claim = claim(volume);
			assertThat(claim.ref()).isEqualTo(WIKI);
			assertThat(claim.storageClass()).isEqualTo("longhorn");
			assertThat(claim.accessModes()).containsExactly("ReadWriteOnce");
		});
	}

	@Test
	void aClaimIsRestoredOnce() {
		held.volume("pvc-old", DATA, 10)
			.volume("pvc-new", DATA, 20)
			.recorded(20, "gitea", DATA, "pvc-new", proven(20))
			.volume("pvc-5", WIKI, 15)
			.volume("pvc-6", WIKI, 16);

		Chosen chosen = choose(Wanted.everything());

		assertThat(chosen.points()).flatExtracting(ChosenPoint::volumes)
			.extracting(volume -> volume.volume().value())
			.containsExactly("pvc-new", "pvc-6");
		assertThat(chosen.leftOut()).containsExactlyInAnyOrder(
				new Absence("volume 'pvc-old'", "its claim gitea/data is restored from volume 'pvc-new'"),
				new Absence("volume 'pvc-5'", "its claim wiki/pages is restored from volume 'pvc-6'"));
		assertThat(chosen.missing()).isEmpty();
	}

	@Test
	void aVolumeOfTwoApplicationsIsRestoredOnce() {
		held.volume("pvc-1", DATA, 19, 20)
			.recorded(19, "archive", DATA, "pvc-1", proven(19))
			.recorded(20, "gitea", DATA, "pvc-1", proven(20));

		Chosen chosen = choose(Wanted.everything());

		assertThat(only(chosen).application()).hasToString("archive");
		assertThat(chosen.leftOut())
			.containsExactly(new Absence("volume 'pvc-1'", "it is restored with application 'archive'"));
	}

	@Test
	void whatCannotBeRestoredIsMissingWithItsReason() {
		held.volume("no-config", DATA, config -> null, header -> header, 20)
			.volume("image", DATA, ChoiceTest::onAnImage, header -> header, 20)
			.volume("unfinished", DATA, config -> config, ChoiceTest::unfinished, 20)
			.volume("empty", DATA)
			.volume("contradiction", DATA, config -> config, ChoiceTest::largerThanItsVolume, 20)
			.refused("longhaul/runs/nightly/x", "it has no signature");

		assertThat(choose(Wanted.everything()).missing()).containsExactlyInAnyOrder(
				new Absence("volume 'no-config'", "volume.cfg is missing"),
				new Absence("volume 'image'", "it lies on backing image 'debian', which its backups do not hold"),
				new Absence("volume 'unfinished'", "it has no finished backup"),
				new Absence("volume 'empty'", "it has no finished backup"),
				new Absence("volume 'contradiction'",
						"backup 'contradiction-20' holds 128 MiB, and its volume is to have 64 MiB"),
				new Absence("longhaul/runs/nightly/x", "it is not believed: it has no signature"));
	}

	@Test
	void aMisspeltApplicationIsNoEmptyPlan() {
		held.volume("pvc-1", DATA, 18).recorded(18, "gitea", DATA, "pvc-1", proven(18));

		assertThatThrownBy(() -> choose(new Wanted(Set.of(new ApplicationName("gitae")), null, null)))
			.isInstanceOfSatisfying(RefusedRequest.class, refusal -> {
				assertThat(refusal.fact()).isEqualTo("the bucket holds nothing of an application 'gitae'");
				assertThat(refusal.hint()).isEqualTo("did you mean 'gitea'?");
			});
	}

	@Test
	void aBucketThatOnlyLonghornEverWroteTo() {
		RealBackups real = RealBackups.findOrAbort();
		try (StreamingStore store = Targets.open(TargetUrl.parse("file://" + real.target("a")), Map.of(),
				Clock.systemUTC())) {
			Chosen chosen = Choice.of(BucketContents.read(store, new BackupstoreLayout(""), Seal.none(), Pause.real()),
					Wanted.everything());

			ChosenPoint shop = only(chosen);
			assertThat(shop.application()).hasToString("shop");
			assertThat(shop.volumes()).singleElement().satisfies(volume -> {
				assertThat(volume.backup()).hasToString("backup-9682af7cd470ade3");
				assertThat(volume.dataAt()).isEqualTo(Instant.parse("2026-11-22T09:15:08Z"));
				assertThat(volume.size()).isEqualTo(ByteSize.ofMebibytes(256));
				assertThat(claim(volume)).isEqualTo(
						new FormerClaim(new ClaimRef("shop", "data-db-0"), "longhorn", List.of("ReadWriteOnce"), null));
			});
			assertThat(chosen.missing()).isEmpty();
		}
	}

	private Chosen choose(Wanted wanted) {
		return Choice.of(held.contents(), wanted);
	}

	private static ChosenPoint only(Chosen chosen) {
		assertThat(chosen.points()).hasSize(1);
		return chosen.points().get(0);
	}

	private static FormerClaim claim(RestorableVolume volume) {
		@Nullable FormerClaim claim = volume.claim();
		assertThat(claim).isNotNull();
		return claim;
	}

	private static VolumeConfig onAnImage(VolumeConfig config) {
		return new VolumeConfig(config.name(), config.size(), config.labels(), config.createdAt(),
				config.lastBackupName(), config.lastBackupAt(), config.blockCount(), "debian", "", config.compression(),
				config.storageClass(), config.dataEngine());
	}

	private static BackupManifest unfinished(BackupManifest header) {
		return with(header, null, header.size());
	}

	private static BackupManifest largerThanItsVolume(BackupManifest header) {
		return with(header, header.createdAt(), ByteSize.ofMebibytes(128));
	}

	private static BackupManifest with(BackupManifest header, @Nullable Instant createdAt, ByteSize size) {
		return new BackupManifest(header.name(), header.volume(), header.snapshot(), header.snapshotCreatedAt(),
				createdAt, size, header.labels(), header.blockSize(), true, header.compression(), header.uploaded(),
				"");
	}

}
