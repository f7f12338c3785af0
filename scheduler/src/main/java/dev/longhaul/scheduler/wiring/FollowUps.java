package dev.longhaul.scheduler.wiring;

import java.time.Clock;
import java.util.List;

import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.inventory.Inventory;
import dev.longhaul.backupstore.mirror.Healing;
import dev.longhaul.backupstore.mirror.Mirror;
import dev.longhaul.backupstore.mirror.Side;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.backupstore.verify.Verifier;
import dev.longhaul.batch.mirror.MirrorJobConfiguration;
import dev.longhaul.batch.mirror.MirrorOrder;
import dev.longhaul.batch.mirror.MirrorRunListener;
import dev.longhaul.batch.verify.VerifyJobConfiguration;
import dev.longhaul.batch.verify.VerifyListener;
import dev.longhaul.batch.verify.VerifyOrder;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.job.MirrorJob;
import org.springframework.context.ApplicationContext;

/**
 * Makes the orders of runs that follow nights of the configuration, and wires their jobs.
 */
final class FollowUps {

	private FollowUps() {
	}

	static FollowUpContext verification(ApplicationContext server, LonghaulProperties properties,
			List<ApplicationName> applications, int restorePoints, VerifyListener listener) {
		Inventory inventory = new Inventory(server.getBean(ObjectStore.class), server.getBean(BackupstoreLayout.class));
		VerifyOrder order = new VerifyOrder(applications, restorePoints,
				new VerifyOrder.Place(server.getBean(Verifier.class), inventory), properties.patience().silence());
		return new FollowUpContext(server, VerifyJobConfiguration.class, VerifyJobConfiguration.RECORD, context -> {
			context.registerBean(VerifyOrder.class, () -> order);
			context.registerBean(VerifyListener.class, () -> listener);
		}, List.of());
	}

	static FollowUpContext mirror(ApplicationContext server, LonghaulProperties properties, MirrorJob job,
			MirrorRunListener listener) {
		KnownTargets targets = server.getBean(KnownTargets.class);
		KnownTarget source = targets.source(job.from());
		KnownTarget destination = targets.destination(job.to());
		Clock clock = server.getBean(Clock.class);
		Side from = source.open(clock);
		Side to = destination.open(clock);
		Mirror.Settings settings = Mirror.Settings.of(new Concurrency(properties.atOnce().blocks()),
				Healing.TRUST_LISTING, server.getBean(Seal.class));
		MirrorOrder order = new MirrorOrder(job.applications(), new MirrorOrder.End(source.name(), from),
				new MirrorOrder.End(destination.name(), to), settings, properties.patience().silence());
		return new FollowUpContext(server, MirrorJobConfiguration.class, MirrorJobConfiguration.COPY, context -> {
			context.registerBean(MirrorOrder.class, () -> order);
			context.registerBean(MirrorRunListener.class, () -> listener);
		}, List.of(from.store(), to.store()));
	}

}
