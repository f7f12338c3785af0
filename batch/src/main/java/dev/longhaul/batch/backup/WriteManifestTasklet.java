package dev.longhaul.batch.backup;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunBefore;
import dev.longhaul.core.run.RunManifest;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Writes into the bucket what was made and what was not.
 */
final class WriteManifestTasklet implements Tasklet {

	private final PartitionOutcomes outcomes;

	private final VolumeCluster cluster;

	private final RunCatalog catalog;

	private final NightOrder order;

	private final Perseverance perseverance;

	private final Clock clock;

	private final NightListener listener;

	WriteManifestTasklet(PartitionOutcomes outcomes, VolumeCluster cluster, RunCatalog catalog, NightOrder order,
			Perseverance perseverance, Clock clock, NightListener listener) {
		this.outcomes = outcomes;
		this.cluster = cluster;
		this.catalog = catalog;
		this.order = order;
		this.perseverance = perseverance;
		this.clock = clock;
		this.listener = listener;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
		StepExecution execution = contribution.getStepExecution();
		Night night = NightParameters.night(execution.getJobParameters());
		RunManifest manifest = manifest(night, outcomes.outcomes(execution.getJobExecution().getJobInstance()));
		perseverance.ask("writing the manifest of " + night, () -> {
			catalog.write(manifest);
			return manifest;
		});
		return RepeatStatus.FINISHED;
	}

	/** One that is not believed is not vouched for. */
	private @Nullable RunBefore before(Night night) {
		try {
			return perseverance.ask("looking for the manifest before " + night, () -> catalog.findManifestBefore(night))
				.map(found -> new RunBefore(found.night().scheduledFor(), found.hash()))
				.orElse(null);
		}
		catch (DamagedData ex) {
			listener.on(new NightEvent.Warned(ex.fact()));
			return null;
		}
	}

	private RunManifest manifest(Night night, Map<ApplicationName, Outcome> outcomes) {
		List<RestorePoint> points = new ArrayList<>();
		Map<ApplicationName, String> failed = new LinkedHashMap<>();
		RoomForObjects room = new RoomForObjects(listener);
		outcomes.forEach((application, outcome) -> {
			if (outcome instanceof Outcome.Made made) {
				points.add(room.fit(made.point()));
			}
			else if (outcome instanceof Outcome.Missed missed) {
				failed.put(application, "%s: %s".formatted(missed.failure().code(), missed.failure().fact()));
			}
		});
		String version = perseverance.ask("asking for Longhorn's version", cluster::longhornVersion);
		return new RunManifest(night, before(night), order.target().url(), version, kubernetesVersion(),
				order.revision(), clock.instant(), points, failed);
	}

	/** What was made is recorded, whatever is known of the cluster. */
	private @Nullable String kubernetesVersion() {
		try {
			return perseverance.ask("asking for Kubernetes' version", cluster::kubernetesVersion);
		}
		catch (TransientFailure | RefusedRequest ex) {
			listener.on(new NightEvent.Warned("Kubernetes' version is not recorded: " + ex.fact()));
			return null;
		}
	}

}
