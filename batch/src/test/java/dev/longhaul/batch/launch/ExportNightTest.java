package dev.longhaul.batch.launch;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.stream.Identities;
import dev.longhaul.batch.backup.NightEvent;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.cluster.DeclaredObjects;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.InForce;
import dev.longhaul.core.export.ObjectList;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.export.RepositoryBundle;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.run.RecordedManifest;
import dev.longhaul.core.run.RunExports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.longhaul.batch.launch.NightBench.NIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What is kept of applications beside their volumes in a night.
 */
class ExportNightTest {

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final ExportName ROWS = new ExportName("rows");

	private static final String KEY = "path/longhaul/exports/nightly/20261122t023000z/gitea/rows.zst";

	private static final Recipient OWNER = new Recipient(
			"age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p");

	private static final byte[] DUMP = "INSERT INTO repository VALUES (1);\n".repeat(10_000)
		.getBytes(StandardCharsets.UTF_8);

	@TempDir
	private Path directory;

	private NightBench bench;

	@BeforeEach
	void open() {
		bench = new NightBench(directory);
		bench.printed.put("rows", DUMP);
	}

	@AfterEach
	void close() {
		bench.close();
	}

	@Test
	void anExportIsKeptAndRecordedBesideItsRestorePoint() {
		bench.exportOfGitea(List.of(), "rows");

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		RunExports exports = bench.catalog.findExports(NIGHT).orElseThrow();
		RecordedManifest manifest = bench.catalog.findManifest(NIGHT).orElseThrow();
		assertThat(exports.manifestHash()).isEqualTo(manifest.hash());
		StoredExport export = exports.find(GITEA, ROWS).orElseThrow();
		assertThat(export.origin()).isEqualTo("output of rows");
		assertThat(bench.events(NightEvent.Exported.class)).containsExactly(new NightEvent.Exported(GITEA, export));
		Path fetched = directory.resolve("rows.sql");
		archive().fetch(NIGHT, GITEA, export, Identities.none(), fetched, ExportNightTest::unheard);
		assertThat(fetched).hasBinaryContent(DUMP);
		assertThat(bench.bucket.keys()).contains(KEY);
	}

	@Test
	void anExportForRecipientsIsReadableByThemAlone() {
		bench.exportOfGitea(List.of(OWNER), "rows");

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		assertThat(bench.catalog.findExports(NIGHT).orElseThrow().find(GITEA, ROWS).orElseThrow().recipients())
			.containsExactly(OWNER);
		assertThat(bench.bucket.keys()).contains(KEY + ".age");
	}

	@Test
	void anExportThatFailsCostsNothingButItself() {
		bench.exportOfGitea(List.of(), "broken", "rows");

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		RunExports.ApplicationExports gitea = bench.catalog.findExports(NIGHT).orElseThrow().applications().get(0);
		assertThat(gitea.failed()).isEqualTo(Map.of(new ExportName("broken"), "EXPORT_FAILED: broken ended with 1"));
		assertThat(gitea.kept()).extracting(StoredExport::name).containsExactly(ROWS);
		assertThat(bench.events(NightEvent.Warned.class)).extracting(NightEvent.Warned::warning)
			.containsExactly("the export broken of gitea failed: broken ended with 1; run it by hand");
	}

	@Test
	void aRestartKeepsWhatWasKeptAndMakesWhatIsMissing() {
		bench.exportOfGitea(List.of(), "rows", "later");
		StopSignal stop = new StopSignal();
		bench.run(event -> {
			if (event instanceof NightEvent.ReadingBack) {
				stop.stop();
			}
		}, stop);
		RunExports first = bench.catalog.findExports(NIGHT).orElseThrow();
		bench.printed.put("rows", "something newer".getBytes(StandardCharsets.UTF_8));
		bench.printed.put("later", DUMP);
		bench.events.clear();

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		RunExports second = bench.catalog.findExports(NIGHT).orElseThrow();
		assertThat(second.find(GITEA, ROWS)).isPresent().isEqualTo(first.find(GITEA, ROWS));
		assertThat(second.find(GITEA, new ExportName("later"))).isPresent();
		assertThat(second.manifestHash()).isEqualTo(bench.catalog.findManifest(NIGHT).orElseThrow().hash());
		assertThat(bench.events(NightEvent.Exported.class)).extracting(event -> event.export().name())
			.containsExactly(new ExportName("later"));
	}

	@Test
	void whatWasUploadedAndNotRecordedWhenTheProgramWasKilledIsMadeAgain() {
		bench.exportOfGitea(List.of(), "rows", "later");
		bench.printed.put("later", DUMP);

		killAtExport(ROWS);

		assertThat(bench.bucket.keys()).contains(KEY);
		assertThat(bench.catalog.findExports(NIGHT)).isEmpty();
		bench.printed.put("rows", "something newer".getBytes(StandardCharsets.UTF_8));
		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);
		StoredExport export = bench.catalog.findExportsOfManifest(NIGHT).orElseThrow().find(GITEA, ROWS).orElseThrow();
		Path fetched = directory.resolve("rows.sql");
		archive().fetch(NIGHT, GITEA, export, Identities.none(), fetched, ExportNightTest::unheard);
		assertThat(fetched).hasContent("something newer");
	}

	@Test
	void whatWasRecordedWhenTheProgramWasKilledIsNotMadeAgain() {
		bench.exportOfGitea(List.of(), "rows", "later");
		bench.printed.put("later", DUMP);

		killAtExport(new ExportName("later"));

		assertThat(bench.catalog.findExports(NIGHT).orElseThrow().find(GITEA, ROWS)).isPresent();
		bench.events.clear();
		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);
		assertThat(bench.events(NightEvent.Exported.class)).extracting(event -> event.export().name())
			.containsExactly(new ExportName("later"));
		assertThat(bench.catalog.findExportsOfManifest(NIGHT).orElseThrow().of(GITEA).kept())
			.extracting(StoredExport::name)
			.containsExactly(ROWS, new ExportName("later"));
	}

	@Test
	void whatIsEncryptedFromNowOnIsNotLeftReadable() {
		bench.exportOfGitea(List.of(), "rows", "later");
		bench.printed.put("later", DUMP);
		killAtExport(new ExportName("later"));
		assertThat(bench.bucket.keys()).contains(KEY);
		bench.exportOfGitea(List.of(OWNER), "rows");

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		assertThat(bench.bucket.keys()).contains(KEY + ".age").doesNotContain(KEY);
		assertThat(bench.catalog.findExports(NIGHT).orElseThrow().of(GITEA).kept()).singleElement()
			.satisfies(export -> assertThat(export.recipients()).containsExactly(OWNER));
	}

	@Test
	void whatCannotBeReplacedStaysRecorded() {
		bench.exportOfGitea(List.of(), "rows", "later");
		bench.printed.put("later", DUMP);
		killAtExport(new ExportName("later"));
		bench.exportOfGitea(List.of(OWNER), "rows");
		bench.printed.remove("rows");

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		RunExports.ApplicationExports gitea = bench.catalog.findExports(NIGHT).orElseThrow().of(GITEA);
		assertThat(gitea.kept()).singleElement().satisfies(export -> assertThat(export.isEncrypted()).isFalse());
		assertThat(gitea.failed()).containsKey(ROWS);
		assertThat(bench.bucket.keys()).contains(KEY);
	}

	/**
	 * With an error that nobody handles: between the upload of an export and its record.
	 */
	private void killAtExport(ExportName name) {
		assertThatIllegalStateException().isThrownBy(() -> bench.run(event -> {
			if (event instanceof NightEvent.Exported exported && exported.export().name().equals(name)) {
				throw new AssertionError("killed");
			}
		}, new StopSignal()));
	}

	@Test
	void objectsAreKeptAndWhatIsInForceIsRecordedForWhoeverReads() {
		InForce inForce = new InForce(
				List.of(new InForce.Image("gitea/gitea:1.24", "docker.io/gitea/gitea@sha256:0f0f")),
				List.of("gitea-10.6.0"));
		bench.objects = namespaces -> new DeclaredObjects.Listing("a list of " + namespaces, 3, inForce);
		bench.exportOfGitea(List.of(), List.of(new ObjectList()));

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		RunExports.ApplicationExports gitea = bench.catalog.findExports(NIGHT).orElseThrow().applications().get(0);
		StoredExport export = gitea.kept().get(0);
		assertThat(export.inForce()).isEqualTo(inForce);
		assertThat(export.origin()).isEqualTo("Kubernetes objects, 3 of [gitea]");
		Path fetched = directory.resolve("objects.json");
		archive().fetch(NIGHT, GITEA, export, Identities.none(), fetched, ExportNightTest::unheard);
		assertThat(fetched).hasContent("a list of [gitea]");
	}

	@Test
	void aRestartKeepsWhatWasInForceWithTheObjects() {
		InForce inForce = new InForce(List.of(), List.of("gitea-10.6.0"));
		bench.objects = namespaces -> new DeclaredObjects.Listing("a list", 1, inForce);
		bench.exportOfGitea(List.of(), List.of(new ObjectList()));
		StopSignal stop = new StopSignal();
		bench.run(event -> {
			if (event instanceof NightEvent.ReadingBack) {
				stop.stop();
			}
		}, stop);
		bench.objects = namespaces -> {
			throw new AssertionError("they are kept");
		};

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		assertThat(bench.catalog.findExports(NIGHT).orElseThrow().find(GITEA, new ExportName("objects")))
			.map(StoredExport::inForce)
			.contains(inForce);
	}

	/** A list that expired, or an API server that is busy, is asked again. */
	@Test
	void objectsThatCannotBeReadForTheMomentAreAskedForAgain() {
		AtomicInteger asked = new AtomicInteger();
		bench.objects = namespaces -> {
			if (asked.incrementAndGet() < 3) {
				throw new TransientFailure(FailureCode.CLUSTER_UNREACHABLE, "the list expired", "try again later");
			}
			return new DeclaredObjects.Listing("a list", 1, new InForce(List.of(), List.of()));
		};
		bench.exportOfGitea(List.of(), List.of(new ObjectList()));

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		assertThat(asked).hasValue(3);
		assertThat(bench.catalog.findExports(NIGHT).orElseThrow().find(GITEA, new ExportName("objects"))).isPresent();
	}

	@Test
	void aRepositoryThatCannotBeReachedCostsNothingButItsExport() {
		bench.repository = () -> {
			throw new TransientFailure(FailureCode.GIT_UNREACHABLE, "gitea does not answer", "try again later");
		};
		bench.exportOfGitea(List.of(), List.of(new RepositoryBundle(), new ObjectList()));

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		RunExports.ApplicationExports gitea = bench.catalog.findExports(NIGHT).orElseThrow().applications().get(0);
		assertThat(gitea.failed())
			.isEqualTo(Map.of(new ExportName("repository"), "GIT_UNREACHABLE: gitea does not answer"));
		assertThat(gitea.kept()).extracting(StoredExport::name).containsExactly(new ExportName("objects"));
		assertThat(bench.events(NightEvent.Warned.class)).extracting(NightEvent.Warned::warning)
			.contains("the export repository of gitea failed: gitea does not answer; try again later");
	}

	@Test
	void aNightWithoutExportsRecordsNone() {
		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		assertThat(bench.catalog.findExports(NIGHT)).isEmpty();
	}

	private ExportArchive archive() {
		return new ExportArchive(bench.bucket, bench.layout, bench.time, bench.time);
	}

	private static void unheard(long soFar) {
	}

}
