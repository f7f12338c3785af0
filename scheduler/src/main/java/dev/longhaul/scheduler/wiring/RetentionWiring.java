package dev.longhaul.scheduler.wiring;

import java.time.Clock;
import java.util.function.Supplier;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.gitops.repository.InForce;
import dev.longhaul.scheduler.rest.DefinitionsInForce;
import dev.longhaul.scheduler.rest.IdempotentCalls;
import dev.longhaul.scheduler.rest.RetentionController;
import dev.longhaul.scheduler.retention.LonghornRemover;
import dev.longhaul.scheduler.retention.NewestDeclared;
import dev.longhaul.scheduler.retention.RetentionPlans;
import dev.longhaul.scheduler.retention.RetentionRuns;
import dev.longhaul.scheduler.run.RunFloor;
import dev.longhaul.scheduler.run.Turns;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/**
 * Retention that a person has carried out.
 */
@Configuration(proxyBeanMethods = false)
class RetentionWiring {

	/** No bean: each night has one of its own, which would no longer be the only one. */
	private static NewestDeclared declared(DefinitionsInForce definitions) {
		return new NewestDeclared(inForce(definitions));
	}

	private static Supplier<InForce> inForce(DefinitionsInForce definitions) {
		return () -> definitions.get()
			.orElseThrow(() -> new TransientFailure(FailureCode.NOT_READY, "no definitions are in force",
					"try again in a minute; the log of the server says what it waits for"));
	}

	@Bean
	RetentionPlans retentionPlans(StreamingStore store, BackupstoreLayout layout, RunCatalog catalog,
			ExportArchive archive, TargetUrl target, DefinitionsInForce definitions, Clock clock, StopSignal stop) {
		return new RetentionPlans(store, layout, catalog, archive, target, declared(definitions), clock, stop);
	}

	@Bean
	RetentionRuns retentionRuns(RunFloor floor, Turns turns, RetentionPlans plans, VolumeCluster cluster,
			StreamingStore store, BackupstoreLayout layout, TargetUrl target, DefinitionsInForce definitions,
			Clock clock) {
		LonghornRemover remover = new LonghornRemover(plans, declared(definitions), cluster, store, layout, target,
				turns, clock);
		return new RetentionRuns(floor, plans, remover, inForce(definitions), clock);
	}

	@Bean
	RetentionController retentionResource(RetentionPlans plans, RetentionRuns runs, IdempotentCalls calls,
			JsonMapper json) {
		return new RetentionController(plans, runs, calls, json);
	}

}
