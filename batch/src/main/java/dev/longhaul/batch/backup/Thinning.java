package dev.longhaul.batch.backup;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.retention.BackupstoreRemovalWitness;
import dev.longhaul.backupstore.retention.StoredPoints;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.removal.PointRemoval;
import dev.longhaul.core.removal.Removal;
import dev.longhaul.core.removal.RemovalReport;
import dev.longhaul.core.retention.ApprovedRetention;
import dev.longhaul.core.retention.DeclaredRetention;
import dev.longhaul.core.retention.NightlyLimit;
import dev.longhaul.core.retention.Retention;
import dev.longhaul.core.retention.RetentionPlan;
import dev.longhaul.core.run.ApplicationRecord;
import dev.longhaul.core.time.Pause;

/**
 * Removes what the declared retention lets go, of applications whose retention says that
 * nights do it. Whoever is interrupted begins again with what is left.
 */
final class Thinning {

	private final VolumeCluster cluster;

	private final ObjectStore store;

	private final BackupstoreLayout layout;

	private final RunCatalog catalog;

	private final ExportArchive archive;

	private final DeclaredRetention declared;

	private final TargetUrl target;

	private final NightListener listener;

	private final Clock clock;

	private final Pause pause;

	/**
	 * @param target whose restore points go
	 * @param pause ends early when the program is told to stop
	 */
	Thinning(VolumeCluster cluster, ObjectStore store, BackupstoreLayout layout, RunCatalog catalog,
			ExportArchive archive, DeclaredRetention declared, TargetUrl target, NightListener listener, Clock clock,
			Pause pause) {
		this.cluster = cluster;
		this.store = store;
		this.layout = layout;
		this.catalog = catalog;
		this.archive = archive;
		this.declared = declared;
		this.target = target;
		this.listener = listener;
		this.clock = clock;
		this.pause = pause;
	}

	/**
	 * @param proven whose own restore point of this night was read back
	 * @throws Interruption if the thread is told to stop
	 */
	void run(List<ApplicationName> proven) {
		List<ApplicationName> thinned = new ArrayList<>();
		for (ApplicationName application : proven) {
			warning(application, () -> {
				if (declared.of(application).map(Retention::nightly).isPresent()) {
					thinned.add(application);
				}
			});
		}
		if (!thinned.isEmpty()) {
			String all = thinned.stream().map(ApplicationName::value).collect(Collectors.joining("', '"));
			warning(all, () -> thin(thinned));
		}
	}

	private void thin(List<ApplicationName> applications) {
		BackupstoreRemovalWitness witness = new BackupstoreRemovalWitness(store, layout, clock, pause);
		StoredPoints stored = StoredPoints.list(store, layout, witness, archive);
		for (ApplicationRecord record : catalog.readAll().applications()) {
			if (applications.contains(record.application())) {
				warning(record.application(), () -> thin(record, stored, witness));
			}
		}
	}

	/** What is declared is asked for again: reading the bucket may have taken a while. */
	private void thin(ApplicationRecord record, StoredPoints stored, BackupstoreRemovalWitness witness) {
		ApplicationName application = record.application();
		Optional<Retention> retention = declared.of(application);
		NightlyLimit limit = retention.map(Retention::nightly).orElse(null);
		if (retention.isEmpty() || limit == null) {
			return;
		}
		RetentionPlan plan = RetentionPlan.of(retention.get().policy(),
				stored.of(record, target.toString(), retention.get()), clock.instant());
		ApprovedRetention approved = plan.approve(limit);
		if (approved.removals().isEmpty()) {
			return;
		}
		Removal removal = new Removal(cluster, target::isNamedBy, witness, archive::remove,
				night -> declared.pinOf(application, night), Removal.USUAL, clock, pause);
		RemovalReport report = removal.run(approved, this::warnOf);
		listener.on(new NightEvent.Thinned(application, report));
	}

	private void warnOf(PointRemoval removal) {
		String why = null;
		if (removal.fate() instanceof PointRemoval.Left left) {
			why = "stays: " + left.why();
		}
		else if (removal.fate() instanceof PointRemoval.Failed failed) {
			why = "was not removed: %s [%s]".formatted(failed.why(), failed.code());
		}
		if (why != null) {
			listener.on(new NightEvent.Warned("'%s', %s %s".formatted(removal.point().restorePoint().application(),
					removal.point().night(), why)));
		}
	}

	private void warning(Object of, Runnable work) {
		try {
			work.run();
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			listener.on(new NightEvent.Warned(
					"retention of '%s' is not carried out: %s; %s".formatted(of, ex.fact(), ex.hint())));
		}
	}

}
