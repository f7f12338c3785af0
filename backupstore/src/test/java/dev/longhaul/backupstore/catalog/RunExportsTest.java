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
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunExports.ApplicationExports;
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

}
