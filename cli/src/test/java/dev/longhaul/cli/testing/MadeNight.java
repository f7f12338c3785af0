package dev.longhaul.cli.testing;

import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.stream.ExportOrder;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunExports.ApplicationExports;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.time.Pause;

/**
 * A night without volumes that exported {@code database} of {@code gitea}.
 */
public final class MadeNight {

	/** Where the export lies, below the path of the target. */
	public static final String EXPORT = "longhaul/exports/nightly/20261120t023000z/gitea/database.zst";

	private static final Night NIGHT = new Night(new JobName("nightly"), Instant.parse("2026-11-20T02:30:00Z"));

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private MadeNight() {
	}

	public static void record(String url, Map<String, String> variables, byte[] content) {
		Clock clock = Clock.fixed(NIGHT.scheduledFor().plusSeconds(300), ZoneOffset.UTC);
		TargetUrl target = TargetUrl.parse(url);
		BackupstoreLayout layout = new BackupstoreLayout(target.path());
		try (StreamingStore store = Targets.open(target, variables, clock)) {
			RunCatalog catalog = new RunCatalog(store, layout, Pause.real(), Seal.none());
			catalog.write(new RunManifest(NIGHT, null, url, "1.10.1", null, NIGHT.scheduledFor(), List.of(), Map.of()));
			StoredExport export = new ExportArchive(store, layout, Pause.real(), clock).keep(
					new ExportOrder(NIGHT, GITEA, new ExportName("database"), "PostgreSQL, all databases", List.of()),
					new ByteArrayInputStream(content));
			catalog.write(new RunExports(NIGHT, catalog.findManifest(NIGHT).orElseThrow().hash(), clock.instant(),
					List.of(new ApplicationExports(GITEA, List.of(export), Map.of()))));
		}
	}

}
