package dev.longhaul.backupstore.catalog;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.memory.InMemoryObjectStore;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.Fingerprint;
import dev.longhaul.core.export.InForce;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Recorded;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunExports.ApplicationExports;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.volume.ByteSize;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunExportsTest {

	private static final Instant AT = Instant.parse("2026-11-22T02:45:00Z");

	private static final Night NIGHT = new Night(new JobName("nightly"), AT);

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final ExportName DATABASE = new ExportName("database");

	private static final StoredExport DUMP = new StoredExport(DATABASE, "PostgreSQL, all databases",
			new Fingerprint(ByteSize.ofMebibytes(7), "0a".repeat(32)),
			new Fingerprint(ByteSize.ofMebibytes(1), "0b".repeat(32)),
			List.of(new Recipient("age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p")), AT,
			AT.plusSeconds(60));

	private static final RunExports EXPORTS = new RunExports(NIGHT, "0a1b2c", AT, List.of(new ApplicationExports(GITEA,
			List.of(DUMP), Map.of(new ExportName("other"), "EXPORT_FAILED: pg_dump ended with 1"))));

	private final InMemoryObjectStore store = new InMemoryObjectStore(Clock.systemUTC());

	private final RunCatalog catalog = new RunCatalog(store, new BackupstoreLayout(""), duration -> {
	}, Seal.none());

	@Test
	void readsWhatItWrote() throws MalformedException {
		assertThat(RunExportsJson.read(RunExportsJson.write(EXPORTS))).isEqualTo(EXPORTS);
		assertThat(EXPORTS.find(GITEA, DATABASE)).contains(DUMP);
		assertThat(EXPORTS.find(GITEA, new ExportName("other"))).isEmpty();
		assertThat(EXPORTS.find(new ApplicationName("cloud"), DATABASE)).isEmpty();
	}

	@Test
	void readsWhatWasInForce() throws MalformedException {
		InForce inForce = new InForce(
				List.of(new InForce.Image("gitea/gitea:1.24", "docker.io/gitea/gitea@sha256:0f0f")),
				List.of("gitea-10.6.0"));
		RunExports exports = new RunExports(NIGHT, "0a1b2c", AT,
				List.of(new ApplicationExports(GITEA, List.of(DUMP.during(inForce)), Map.of())));

		assertThat(RunExportsJson.read(RunExportsJson.write(exports))).isEqualTo(exports);
	}

	@Test
	void refusesAFingerprintThatIsNone() {
		String document = new String(RunExportsJson.write(EXPORTS), StandardCharsets.UTF_8).replace("0b0b", "0B0b");

		assertThatThrownBy(() -> RunExportsJson.read(document.getBytes(StandardCharsets.UTF_8)))
			.isInstanceOf(MalformedException.class)
			.hasMessage("applications[0].exports[0].stored. a SHA-256 has 64 hexadecimal digits in lower case");
	}

	@Test
	void theyLieBesideTheManifest() {
		assertThat(catalog.findExports(NIGHT)).isEmpty();

		catalog.write(EXPORTS);

		assertThat(store.find("longhaul/runs/nightly/20261122t024500z/exports.json")).isPresent();
		assertThat(catalog.findExports(NIGHT)).contains(EXPORTS);
	}

	@Test
	void thoseOfAnotherNightAreNotBelieved() {
		Night other = new Night(new JobName("nightly"), AT.plusSeconds(86_400));
		store.put("longhaul/runs/nightly/%s/exports.json".formatted(other.stamp()), RunExportsJson.write(EXPORTS));

		assertThatExceptionOfType(DamagedData.class).isThrownBy(() -> catalog.findExports(other))
			.withMessageEndingWith("it is the one of nightly 2026-11-22T02:45:00Z");
	}

	@Test
	void thoseOfAnotherManifestAreNotBelieved() {
		catalog.write(manifest(NIGHT, 1));
		String hash = catalog.findManifest(NIGHT).orElseThrow().hash();
		catalog.write(new RunExports(NIGHT, hash, AT, EXPORTS.applications()));
		assertThat(catalog.findExportsOfManifest(NIGHT)).isPresent();
		assertThat(catalog.readAll().runs().get(0).exports()).isNotNull();

		catalog.write(manifest(NIGHT, 2));

		String fact = "longhaul/runs/nightly/20261122t024500z/exports.json of memory belongs to another manifest than the one "
				+ "beside it";
		assertThatExceptionOfType(DamagedData.class).isThrownBy(() -> catalog.findExportsOfManifest(NIGHT))
			.withMessage(fact);
		assertThat(catalog.readAllExports().nights()).isEmpty();
		assertThat(catalog.readAllExports().refusals()).extracting(Recorded.Refusal::reason).containsExactly(fact);
		assertThat(catalog.readAll().runs().get(0).exports()).isNull();
		assertThat(catalog.readAll().refusals()).extracting(Recorded.Refusal::reason).containsExactly(fact);
	}

	@Test
	void theNewestNightIsNamedFirstWhicheverJobMadeIt() {
		Night older = new Night(new JobName("weekly"), AT.minusSeconds(60));
		Night newer = new Night(new JobName("another"), AT.plusSeconds(60));
		List.of(older, NIGHT, newer).forEach(night -> catalog.write(new RunExports(night, "0a1b2c", AT, List.of())));

		assertThat(catalog.nightsWithExports()).containsExactly(newer, NIGHT, older);
	}

	@Test
	void oneThatIsMadeAnewTakesThePlaceOfTheOther() {
		StoredExport newer = new StoredExport(DATABASE, "PostgreSQL, all databases", DUMP.plain(), DUMP.stored(),
				List.of(), AT.plusSeconds(60), AT.plusSeconds(70));
		ExportName other = new ExportName("other");

		RunExports changed = EXPORTS.with(EXPORTS.of(GITEA).keeping(newer).failing(DATABASE, "no").without(other),
				AT.plusSeconds(99));

		assertThat(changed.applications())
			.containsExactly(new ApplicationExports(GITEA, List.of(newer), Map.of(DATABASE, "no")));
		assertThat(changed.writtenAt()).isEqualTo(AT.plusSeconds(99));
	}

	private static RunManifest manifest(Night night, int minute) {
		return new RunManifest(night, null, "s3://bucket@region/", "1.10.1", null, AT.plusSeconds(60L * minute),
				List.of(), Map.of());
	}

}
