package dev.longhaul.scheduler.scenario.consistent_applications;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.longhaul.core.run.Night;

/**
 * What is wrong with the restore points of a night, as soon as it is known.
 *
 * @param found by application
 */
record Verdicts(Night night, Map<String, Future<List<Disagreement>>> found) {

	private static final long LIMIT_SECONDS = 120;

	/** Waits for all of them; an application with which nothing is wrong is left out. */
	Map<String, List<Disagreement>> await() throws Exception {
		Map<String, List<Disagreement>> wrong = new LinkedHashMap<>();
		for (Map.Entry<String, Future<List<Disagreement>>> each : found.entrySet()) {
			List<Disagreement> disagreements = each.getValue().get(LIMIT_SECONDS, TimeUnit.SECONDS);
			if (!disagreements.isEmpty()) {
				wrong.put(each.getKey(), disagreements);
			}
		}
		return wrong;
	}

}
