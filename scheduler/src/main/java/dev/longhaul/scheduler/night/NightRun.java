package dev.longhaul.scheduler.night;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.batch.backup.NightEvent;
import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.batch.launch.NightLauncher;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import org.jspecify.annotations.Nullable;

/**
 * Runs the night that is due, or goes on with the one that was interrupted.
 */
final class NightRun {

	private final NightLauncher launcher;

	private final RunCatalog catalog;

	private final Clock clock;

	private final LastWord lastWord;

	NightRun(NightLauncher launcher, RunCatalog catalog, Clock clock, LastWord lastWord) {
		this.launcher = launcher;
		this.catalog = catalog;
		this.clock = clock;
		this.lastWord = lastWord;
	}

	/**
	 * @param scheduledFor when the night was due; null to go on with one that was
	 * interrupted, or else begin one now
	 */
	Night choose(JobName job, @Nullable Instant scheduledFor) {
		launcher.recover();
		if (scheduledFor != null) {
			return new Night(job, scheduledFor);
		}
		return launcher.interrupted(job).orElseGet(() -> new Night(job, clock.instant()));
	}

	/** Another night of the same job that was interrupted and is not gone on with. */
	Optional<Night> leftUnfinished(Night chosen) {
		return launcher.interrupted(chosen.job()).filter(night -> !night.equals(chosen));
	}

	/**
	 * @throws dev.longhaul.core.failure.LonghaulException why it could not be run to its
	 * end
	 */
	NightResult run(Night night) {
		NightEnd end = launcher.run(night);
		if (end == NightEnd.STOPPED) {
			throw new Interruption("%s was told to stop".formatted(night));
		}
		NightEvent.Judged last = lastWord.judged();
		if (last != null) {
			return new NightResult(end, last.manifest(), last.proof());
		}
		return new NightResult(end, catalog.findManifest(night).orElseThrow(() -> lost(night, "manifest")),
				catalog.findProof(night).orElseThrow(() -> lost(night, "proof")));
	}

	private static DamagedData lost(Night night, String document) {
		return new DamagedData(FailureCode.BACKUP_DAMAGED,
				"%s was proven, but its %s is not in the bucket any more".formatted(night, document),
				"longhaul verify shows what else is missing");
	}

}
