package dev.longhaul.scheduler.retention;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.retention.BackupstoreRemovalWitness;
import dev.longhaul.backupstore.retention.StoredPoints;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.retention.DeclaredRetention;
import dev.longhaul.core.retention.Inventory;
import dev.longhaul.core.retention.Retention;
import dev.longhaul.core.retention.RetentionPlan;
import dev.longhaul.core.retention.StoredPoint;
import dev.longhaul.core.run.ApplicationRecord;
import dev.longhaul.core.time.Pause;
import org.jspecify.annotations.Nullable;

/**
 * Plans over what the bucket holds, and remembers the newest of each application until
 * the server ends. A plan is made by one thread at a time: it reads all that nights have
 * recorded, and lists the bucket.
 */
public final class RetentionPlans {

	private final ObjectStore store;

	private final BackupstoreLayout layout;

	private final RunCatalog catalog;

	private final ExportArchive archive;

	private final TargetUrl target;

	private final DeclaredRetention declared;

	private final Clock clock;

	private final Pause pause;

	private final Map<ApplicationName, MadePlan> made = new TreeMap<>(Comparator.comparing(ApplicationName::value));

	public RetentionPlans(ObjectStore store, BackupstoreLayout layout, RunCatalog catalog, ExportArchive archive,
			TargetUrl target, DeclaredRetention declared, Clock clock, Pause pause) {
		this.store = store;
		this.layout = layout;
		this.catalog = catalog;
		this.archive = archive;
		this.target = target;
		this.declared = declared;
		this.clock = clock;
		this.pause = pause;
	}

	/**
	 * Plans, and removes nothing. Applications of which everything is kept have no plan.
	 * @param only null for all applications
	 * @throws dev.longhaul.core.failure.LonghaulException if the bucket cannot be read to
	 * the end, or what is declared is not known
	 */
	public synchronized List<MadePlan> make(@Nullable ApplicationName only) {
		BackupstoreRemovalWitness witness = new BackupstoreRemovalWitness(store, layout, clock, pause);
		StoredPoints stored = StoredPoints.list(store, layout, witness, archive);
		List<MadePlan> plans = new ArrayList<>();
		for (ApplicationRecord application : catalog.readAll().applications()) {
			if (only == null || application.application().equals(only)) {
				make(application, stored).ifPresent(plans::add);
			}
		}
		remember(only, plans);
		return plans;
	}

	private Optional<MadePlan> make(ApplicationRecord application, StoredPoints stored) {
		return declared.of(application.application()).map(retention -> {
			Instant now = clock.instant();
			Inventory inventory = stored.of(application, target.toString(), retention);
			return new MadePlan(RetentionPlan.of(retention.policy(), inventory, now), now,
					pinsBeside(retention, inventory));
		});
	}

	private static List<Instant> pinsBeside(Retention retention, Inventory inventory) {
		return retention.pinsBeside(inventory.points().stream().map(StoredPoint::night).toList());
	}

	private void remember(@Nullable ApplicationName only, List<MadePlan> plans) {
		synchronized (made) {
			if (only == null) {
				made.clear();
			}
			else {
				made.remove(only);
			}
			plans.forEach(plan -> made.put(plan.plan().application(), plan));
		}
	}

	/**
	 * The plan of an application as it is now.
	 * @param approved the hash of the one that somebody approved, for people
	 * @throws RefusedRequest if everything of it is kept
	 */
	RetentionPlan plan(ApplicationName application, String approved) {
		return make(application).stream()
			.map(MadePlan::plan)
			.findFirst()
			.orElseThrow(() -> new RefusedRequest(FailureCode.PLAN_CHANGED,
					"there is no retention plan of '%s' any more, and '%s' was approved".formatted(application,
							approved),
					"no retention is declared for it, or nothing of it is recorded: everything stays"));
	}

	/** The newest of each application, by name. */
	public List<MadePlan> newest() {
		synchronized (made) {
			return List.copyOf(made.values());
		}
	}

	/** Empty if none of the newest ones has that hash. */
	public Optional<MadePlan> find(String hash) {
		return newest().stream().filter(plan -> plan.plan().hash().equals(hash)).findFirst();
	}

}
