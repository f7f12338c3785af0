package dev.longhaul.batch.drill;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.batch.backup.Perseverance;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Rehearsal;
import dev.longhaul.core.run.Rehearsal.Outcome;
import dev.longhaul.core.run.Rehearsal.Start;
import dev.longhaul.restore.check.CheckAnswer;
import dev.longhaul.restore.drill.DrillReport;

/**
 * Writes into the bucket what a drill has started, after each application: a run that is
 * killed has recorded what it did.
 */
final class StartRecords {

	/** Of a sentence for people; what pods say may be long. */
	private static final int LONGEST = 500;

	private final RunCatalog catalog;

	private final Perseverance perseverance;

	private final Clock clock;

	StartRecords(RunCatalog catalog, Perseverance perseverance, Clock clock) {
		this.catalog = catalog;
		this.perseverance = perseverance;
		this.clock = clock;
	}

	/**
	 * @param night whose restore point was started
	 * @param manifestHash of its manifest
	 */
	void add(Night run, Night night, String manifestHash, DrillReport report) {
		Start start = new Start(night, report.plan().application(), manifestHash, report.begunAt(), report.took(),
				outcome(report), evidence(report));
		perseverance.ask("writing what was started", () -> {
			List<Start> starts = new ArrayList<>(catalog.findRehearsal(run).map(Rehearsal::starts).orElse(List.of()));
			starts.removeIf(before -> before.application().equals(start.application()));
			starts.add(start);
			Rehearsal rehearsal = new Rehearsal(run, clock.instant(), starts);
			catalog.write(rehearsal);
			return rehearsal;
		});
	}

	/** A check that could not be made leaves open how the application is. */
	static Outcome outcome(DrillReport report) {
		if (!report.isStarted()) {
			return Outcome.FAILED;
		}
		return report.answers().stream().allMatch(CheckAnswer.Passed.class::isInstance) ? Outcome.CHECKED
				: Outcome.STARTED;
	}

	private static String evidence(DrillReport report) {
		String told = (report.failure() != null) ? report.failure().fact()
				: report.answers()
					.stream()
					.filter(answer -> report.isStarted() || answer instanceof CheckAnswer.Failed)
					.map(CheckAnswer::told)
					.collect(Collectors.joining("; "));
		return (told.length() > LONGEST) ? told.substring(0, LONGEST) + "..." : told;
	}

}
