package dev.longhaul.backupstore.catalog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.catalog.CatalogDocuments.Entry;
import dev.longhaul.backupstore.catalog.CatalogDocuments.Kind;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.memory.InMemoryObjectStore;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Mirroring;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Recorded.Refusal;
import dev.longhaul.core.run.Rehearsal;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.run.Verification;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.verdict.Place;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The catalogue read document by document. */
class CatalogDocumentsTest {

	private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");

	private static final Night NIGHT = new Night(new JobName("nightly"), Instant.parse("2026-11-22T02:30:00Z"));

	private static final Night RUN = new Night(new JobName("proof"), Instant.parse("2026-11-22T03:30:00Z"));

	private final ObjectStore store = new InMemoryObjectStore(Clock.fixed(NOW, ZoneOffset.UTC));

	private final RunCatalog catalog = new RunCatalog(store, new BackupstoreLayout("path/"), Pause.real(), Seal.none());

	private final CatalogDocuments documents = catalog.documents();

	@Test
	void namesEveryDocumentAndNothingElse() {
		writeOneOfEach();
		store.put("path/longhaul/runs/nightly/20261122t023000z/notes.txt", new byte[1]);
		store.put("path/longhaul/runs/README.md", new byte[1]);
		store.put("path/longhaul/mirror/0123456789abcdef.json", new byte[1]);

		assertThat(entries()).extracting(Entry::key)
			.containsExactly("path/longhaul/runs/nightly/20261122t023000z/exports.json",
					"path/longhaul/runs/nightly/20261122t023000z/manifest.json",
					"path/longhaul/runs/nightly/20261122t023000z/proof.json",
					"path/longhaul/runs/proof/20261122t033000z/drill.json",
					"path/longhaul/runs/proof/20261122t033000z/mirroring.json",
					"path/longhaul/runs/proof/20261122t033000z/verification.json");
		assertThat(entries()).allSatisfy(entry -> {
			assertThat(entry.object()).isEqualTo(store.find(entry.key()).orElseThrow());
			assertThat(entry.night()).isIn(NIGHT, RUN);
		});
	}

	@Test
	void readsEachKind() {
		writeOneOfEach();

		assertThat(read(Kind.MANIFEST))
			.isEqualTo(new CatalogDocument.Manifest(catalog.findManifest(NIGHT).orElseThrow()));
		assertThat(read(Kind.PROOF)).isInstanceOfSatisfying(CatalogDocument.Proof.class,
				found -> assertThat(found.proof()).isEqualTo(proof()));
		assertThat(read(Kind.EXPORTS)).isInstanceOfSatisfying(CatalogDocument.Exports.class,
				found -> assertThat(found.exports()).isEqualTo(exports()));
		assertThat(read(Kind.VERIFICATION)).isInstanceOfSatisfying(CatalogDocument.Answers.class,
				found -> assertThat(found.verification()).isEqualTo(verification()));
		assertThat(read(Kind.MIRRORING)).isInstanceOfSatisfying(CatalogDocument.Copied.class,
				found -> assertThat(found.mirroring()).isEqualTo(mirroring()));
		assertThat(read(Kind.DRILL)).isInstanceOfSatisfying(CatalogDocument.Rehearsed.class,
				found -> assertThat(found.rehearsal()).isEqualTo(rehearsal()));
		assertThat(catalog.readAll().rehearsals()).containsExactly(rehearsal());
		assertThat(read(Kind.PROOF).hash()).hasSize(64).isNotEqualTo(read(Kind.EXPORTS).hash());
	}

	@Test
	void oneThatWasDeletedSinceItWasListedIsNone() {
		catalog.write(manifest());
		Entry listed = entries().get(0);

		store.delete(List.of(listed.key()));

		assertThat(documents.read(listed)).isEmpty();
	}

	@Test
	void oneThatIsNotBelievedIsRefused() {
		catalog.write(manifest());
		Entry listed = entries().get(0);
		store.put(listed.key(), new byte[] { '{', '}' });

		assertThatThrownBy(() -> documents.read(listed)).isInstanceOf(DamagedData.class)
			.hasMessageStartingWith(listed.key() + " of memory is not what Longhaul wrote there:");
	}

	@Test
	void aTimeThatNoDatabaseHasRoomForIsRefused() {
		store.put("path/longhaul/runs/proof/20261122t033000z/verification.json", VerificationJson
			.write(new Verification(RUN, Instant.parse("+10000-01-01T00:00:00Z"), null, List.of())));

		assertThatThrownBy(() -> read(Kind.VERIFICATION)).isInstanceOf(DamagedData.class)
			.hasMessageEndingWith("finishedAt is not a time of these centuries: '+10000-01-01T00:00:00Z'");
	}

	@Test
	void whatSpeaksOfAnotherManifestIsRefusedInTheWordsOfTheCatalogue() {
		catalog.write(manifest());
		catalog.write(proof());

		Refusal told = catalog.readAll().refusals().get(0);

		assertThat(documents.refusalOfAnother(NIGHT, Kind.PROOF)).isEqualTo(told);
	}

	private void writeOneOfEach() {
		catalog.write(manifest());
		catalog.write(proof());
		catalog.write(exports());
		catalog.write(verification());
		catalog.write(mirroring());
		catalog.write(rehearsal());
	}

	private static Rehearsal rehearsal() {
		return new Rehearsal(RUN, NOW, List.of(new Rehearsal.Start(NIGHT, new ApplicationName("gitea"), "0a1b2c", NOW,
				Duration.ofMillis(42_100), Rehearsal.Outcome.STARTED, "1 of 1 ready")));
	}

	private List<Entry> entries() {
		List<Entry> entries = new ArrayList<>();
		documents.forEach(entries::add);
		return entries;
	}

	private CatalogDocument read(Kind kind) {
		Entry wanted = entries().stream().filter(entry -> entry.kind() == kind).findFirst().orElseThrow();
		return documents.read(wanted).orElseThrow();
	}

	private static RunManifest manifest() {
		return new RunManifest(NIGHT, null, "file:///bucket", "v1.12.1", null, NOW, List.of(), Map.of());
	}

	private static RunProof proof() {
		return new RunProof(NIGHT, "0a1b", NOW, null, List.of());
	}

	private static RunExports exports() {
		return new RunExports(NIGHT, "0a1b", NOW, List.of());
	}

	private static Verification verification() {
		return new Verification(RUN, NOW, null, List.of());
	}

	private static Mirroring mirroring() {
		return new Mirroring(RUN, NOW, Place.ofLiveVolumes(null), "it is down", List.of());
	}

}
