package dev.longhaul.scheduler.night;

import java.time.Instant;
import java.util.Optional;

import dev.longhaul.batch.backup.NightEvent;
import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.scheduler.wiring.NightContext;
import dev.longhaul.scheduler.wiring.NightPlan;
import dev.longhaul.scheduler.wiring.Server;
import org.jspecify.annotations.Nullable;

/**
 * Runs the night that is due, or goes on with the one that was interrupted.
 */
public final class NightRun {

	private final Server server;

	private final StopSignal stop;

	/**
	 * After {@link Server#history} has recovered what was killed.
	 * @param stop of this run
	 */
	public NightRun(Server server, StopSignal stop) {
		this.server = server;
		this.stop = stop;
	}

	/**
	 * @param scheduledFor when the night was due; null to go on with one that was
	 * interrupted, or else begin one now
	 */
	Night choose(JobName job, @Nullable Instant scheduledFor) {
		if (scheduledFor != null) {
			return new Night(job, scheduledFor);
		}
		return server.history().interrupted(job).orElseGet(() -> new Night(job, server.clock().instant()));
	}

	/** Another night of the same job that was interrupted and is not gone on with. */
	Optional<Night> leftUnfinished(Night chosen) {
		return server.history().interrupted(chosen.job()).filter(night -> !night.equals(chosen));
	}

	/**
	 * @throws LonghaulException why it could not be run to its end; the report is not
	 * told
	 */
	public NightResult run(Night night, NightPlan plan, NightReport report) {
		NightResult result = result(night, plan, report);
		report.end(result, server.clock().instant());
		return result;
	}

	private NightResult result(Night night, NightPlan plan, NightReport report) {
		LastWord lastWord = new LastWord(report);
		NightEnd end;
		try (NightContext context = server.night(plan, lastWord, stop)) {
			end = context.launcher().run(night);
		}
		if (end == NightEnd.STOPPED) {
			throw new Interruption("%s was told to stop".formatted(night));
		}
		NightEvent.Judged last = lastWord.judged();
		if (last != null) {
			return new NightResult(end, last.manifest(), last.proof());
		}
		return new NightResult(end,
				server.catalog().findManifest(night).orElseThrow(() -> lost(night, "manifest")).manifest(),
				server.catalog().findProof(night).orElseThrow(() -> lost(night, "proof")));
	}

	private static DamagedData lost(Night night, String document) {
		return new DamagedData(FailureCode.BACKUP_DAMAGED,
				"%s was proven, but its %s is not in the bucket any more".formatted(night, document),
				"longhaul verify shows what else is missing");
	}

}
