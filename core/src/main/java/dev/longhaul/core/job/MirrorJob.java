package dev.longhaul.core.job;

import dev.longhaul.core.run.JobName;

/**
 * Copies what is in one target to another one. Longhorn binds a volume to one target; the
 * others are mirrors.
 *
 * @param from name of a target, as the server's configuration has it
 * @param to the same
 */
public record MirrorJob(JobName name, Trigger trigger, Applications applications, String from,
		String to) implements JobDefinition {

	public MirrorJob {
		if (from.equals(to)) {
			throw new IllegalArgumentException("a mirror from '" + from + "' to itself is no second copy");
		}
	}

}
