package dev.longhaul.scheduler.night;

import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.longhaul.batch.backup.NightEvent;
import dev.longhaul.core.failure.LonghaulException;

/**
 * Prints one document when the night is over, and nothing before.
 */
final class JsonReport implements NightReport {

	private final PrintStream out;

	private final List<String> warnings = new CopyOnWriteArrayList<>();

	JsonReport(PrintStream out) {
		this.out = out;
	}

	@Override
	public void on(NightEvent event) {
		if (event instanceof NightEvent.Warned warned) {
			warnings.add(warned.warning());
		}
	}

	@Override
	public void end(NightResult result, Instant now) {
		out.println(NightDocument.of(result, warnings, now));
	}

	@Override
	public void failed(LonghaulException failure) {
		out.println(NightDocument.of(failure));
	}

}
