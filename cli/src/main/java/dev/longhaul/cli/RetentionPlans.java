package dev.longhaul.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.retention.BackupstoreRemovalWitness;
import dev.longhaul.backupstore.retention.StoredPoints;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.cli.render.PlannedRetention;
import dev.longhaul.cli.render.PlannedRetention.Planned;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.removal.RemovalWitness;
import dev.longhaul.core.retention.Inventory;
import dev.longhaul.core.retention.Retention;
import dev.longhaul.core.retention.RetentionPlan;
import dev.longhaul.core.retention.StoredPoint;
import dev.longhaul.core.run.ApplicationRecord;
import dev.longhaul.core.run.Recorded;

/**
 * Plans over what a bucket holds now.
 */
final class RetentionPlans {

	private final String target;

	private final RetentionSource source;

	private final List<ApplicationName> applications;

	/**
	 * @param target its URL
	 * @param applications empty for all
	 */
	RetentionPlans(String target, RetentionSource source, List<ApplicationName> applications) {
		this.target = target;
		this.source = source;
		this.applications = applications;
	}

	PlannedRetention plan(StreamingStore store, BackupstoreLayout layout, Seal seal, Surroundings surroundings) {
		Recorded recorded = new RunCatalog(store, layout, surroundings.pause(), seal).readAll();
		RemovalWitness witness = new BackupstoreRemovalWitness(store, layout, surroundings.clock(),
				surroundings.pause());
		StoredPoints stored = StoredPoints.list(store, layout, witness,
				new ExportArchive(store, layout, surroundings.pause(), surroundings.clock()));
		List<Planned> planned = new ArrayList<>();
		for (ApplicationRecord application : recorded.applications()) {
			if (applications.isEmpty() || applications.contains(application.application())) {
				planned.add(plan(application, stored, surroundings.clock().instant()));
			}
		}
		return new PlannedRetention(target, planned, recorded.refusals());
	}

	private Planned plan(ApplicationRecord application, StoredPoints stored, Instant now) {
		Optional<Retention> retention = source.of(application.application());
		if (retention.isEmpty()) {
			return new Planned(application.application(), null, List.of());
		}
		Inventory inventory = stored.of(application, target, retention.get());
		RetentionPlan plan = RetentionPlan.of(retention.get().policy(), inventory, now);
		return new Planned(application.application(), plan,
				retention.get().pinsBeside(inventory.points().stream().map(StoredPoint::night).toList()));
	}

}
