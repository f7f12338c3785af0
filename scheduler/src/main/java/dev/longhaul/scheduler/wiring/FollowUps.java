package dev.longhaul.scheduler.wiring;

import java.time.Clock;
import java.util.List;

import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.inventory.Inventory;
import dev.longhaul.backupstore.write.LockPace;
import dev.longhaul.backupstore.mirror.Healing;
import dev.longhaul.backupstore.mirror.Mirror;
import dev.longhaul.backupstore.mirror.Side;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.verify.Verifier;
import dev.longhaul.batch.drill.DrillJobConfiguration;
import dev.longhaul.batch.drill.DrillOrder;
import dev.longhaul.batch.drill.DrillRunListener;
import dev.longhaul.batch.mirror.MirrorJobConfiguration;
import dev.longhaul.batch.mirror.MirrorOrder;
import dev.longhaul.batch.mirror.MirrorRunListener;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.batch.verify.VerifyJobConfiguration;
import dev.longhaul.batch.verify.VerifyListener;
import dev.longhaul.batch.verify.VerifyOrder;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.job.DrillJob;
import dev.longhaul.core.job.MirrorJob;
import dev.longhaul.core.job.VerifyJob;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.restore.bucket.ReachedBucket;
import dev.longhaul.restore.bucket.SourceBucket;
import dev.longhaul.restore.choice.BucketContents;
import dev.longhaul.restore.drill.Drill;
import dev.longhaul.restore.drill.ThrowAwayRemoval;
import dev.longhaul.restore.run.RestoreSettings;
import dev.longhaul.scheduler.metric.StoreMeters;
import org.springframework.context.ApplicationContext;

/**
 * Makes the orders of runs that follow nights of the configuration, and wires their jobs.
 */
final class FollowUps {

	private FollowUps() {
	}

	static FollowUpContext verification(ApplicationContext server, LonghaulProperties properties,
			List<ApplicationName> applications, VerifyJob job, VerifyListener listener, StopSignal stop) {
		KnownTargets targets = server.getBean(KnownTargets.class);
		KnownTarget target = targets.source(job.target());
		Clock clock = server.getBean(Clock.class);
		Side side = target.open(clock, server.getBean(StoreMeters.class));
		Verifier verifier = new Verifier(side.store(), side.layout(), clock, stop,
				new Concurrency(properties.atOnce().blocks()));
		VerifyOrder.Place place = new VerifyOrder.Place(verifier, new Inventory(side.store(), side.layout()),
				targets.isOwn(target) ? null : target.url().toString());
		VerifyOrder order = new VerifyOrder(applications, job.restorePoints(), place, properties.patience().silence());
		return new FollowUpContext(server, VerifyJobConfiguration.class, VerifyJobConfiguration.RECORD, stop,
				context -> {
					context.registerBean(VerifyOrder.class, () -> order);
					context.registerBean(VerifyListener.class, () -> listener);
				}, List.of(side.store()));
	}

	static FollowUpContext mirror(ApplicationContext server, LonghaulProperties properties, MirrorJob job,
			MirrorRunListener listener, StopSignal stop) {
		KnownTargets targets = server.getBean(KnownTargets.class);
		KnownTarget source = targets.source(job.from());
		KnownTarget destination = targets.destination(job.to());
		Clock clock = server.getBean(Clock.class);
		StoreMeters meters = server.getBean(StoreMeters.class);
		Side from = source.open(clock, meters);
		Side to = destination.open(clock, meters);
		Mirror.Settings settings = Mirror.Settings.of(new Concurrency(properties.atOnce().blocks()),
				Healing.TRUST_LISTING, server.getBean(Seal.class));
		MirrorOrder order = new MirrorOrder(job.applications(), end(source, from), end(destination, to), settings,
				properties.patience().silence());
		return new FollowUpContext(server, MirrorJobConfiguration.class, MirrorJobConfiguration.COPY, stop, context -> {
			context.registerBean(MirrorOrder.class, () -> order);
			context.registerBean(MirrorRunListener.class, () -> listener);
		}, List.of(from.store(), to.store()));
	}

	static FollowUpContext drill(ApplicationContext server, LonghaulProperties properties,
			List<ApplicationName> applications, DrillJob job, DrillRunListener listener, StopSignal stop) {
		Clock clock = server.getBean(Clock.class);
		Seal seal = server.getBean(Seal.class);
		TargetUrl url = server.getBean(TargetUrl.class);
		Side side = new Side(server.getBean(StreamingStore.class), server.getBean(BackupstoreLayout.class));
		LonghornConnection there = server.getBean(LonghornConnection.class);
		DrillOrder.Place place = new DrillOrder.Place(there.cluster(), there.restores(), new Drill.Ports(
				there.throwAwayNamespaces(), there.workloads(), there.deployedClaims(), there.waitingPods()));
		SourceBucket bucket = new ReachedBucket(side, null, seal, "--target " + url, LockPace.LONGHORN, clock, stop);
		DrillOrder order = new DrillOrder(applications, job.budget(), url.toString(),
				() -> BucketContents.read(side.store(), side.layout(), seal, stop), place,
				RestoreSettings.intoOwnCluster(bucket), properties.patience().silence());
		return new FollowUpContext(server, DrillJobConfiguration.class, DrillJobConfiguration.REHEARSE, stop,
				context -> {
					context.registerBean(DrillOrder.class, () -> order);
					context.registerBean(DrillRunListener.class, () -> listener);
				}, List.of());
	}

	static ThrowAwayRemoval removal(ApplicationContext server) {
		return new ThrowAwayRemoval(server.getBean(LonghornConnection.class).throwAwayNamespaces(),
				server.getBean(Clock.class), server.getBean(StopSignal.class));
	}

	private static MirrorOrder.End end(KnownTarget target, Side side) {
		return new MirrorOrder.End(target.name(), target.url().toString(), target.medium(), target.site(), side);
	}

}
