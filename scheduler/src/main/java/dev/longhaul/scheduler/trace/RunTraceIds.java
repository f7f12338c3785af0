package dev.longhaul.scheduler.trace;

import dev.longhaul.scheduler.run.RunId;
import io.opentelemetry.sdk.trace.IdGenerator;

/**
 * Gives a trace the id of the run it tells of, so that who has one has the other. Both
 * are of 16 bytes.
 */
final class RunTraceIds implements IdGenerator {

	private final IdGenerator random = IdGenerator.random();

	private final ThreadLocal<String> run = new ThreadLocal<>();

	/** Makes a trace on this thread. */
	void during(RunId id, Runnable trace) {
		run.set(id.value().replace("-", ""));
		try {
			trace.run();
		}
		finally {
			run.remove();
		}
	}

	@Override
	public String generateTraceId() {
		String id = run.get();
		return (id != null) ? id : random.generateTraceId();
	}

	@Override
	public String generateSpanId() {
		return random.generateSpanId();
	}

}
