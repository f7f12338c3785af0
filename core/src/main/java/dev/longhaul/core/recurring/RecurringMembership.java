package dev.longhaul.core.recurring;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * In which recurring jobs a volume takes part.
 *
 * @param jobs by name
 * @param groups that jobs name
 */
public record RecurringMembership(Set<String> jobs, Set<String> groups) {

	private static final String JOB = "recurring-job.longhorn.io/";

	private static final String GROUP = "recurring-job-group.longhorn.io/";

	/** Of every volume with no label of a recurring job. */
	private static final String DEFAULT_GROUP = "default";

	private static final String ENABLED = "enabled";

	public RecurringMembership {
		jobs = Set.copyOf(jobs);
		groups = Set.copyOf(groups);
	}

	/**
	 * @param labels of the volume; those of a claim that has the label
	 * {@code recurring-job.longhorn.io/source} are copied to them by Longhorn itself
	 */
	public static RecurringMembership ofLabels(Map<String, String> labels) {
		boolean labelled = labels.keySet().stream().anyMatch(key -> key.startsWith(JOB) || key.startsWith(GROUP));
		return new RecurringMembership(enabled(labels, JOB), labelled ? enabled(labels, GROUP) : Set.of(DEFAULT_GROUP));
	}

	private static Set<String> enabled(Map<String, String> labels, String prefix) {
		return labels.entrySet()
			.stream()
			.filter(label -> label.getKey().startsWith(prefix) && label.getValue().equals(ENABLED))
			.map(label -> label.getKey().substring(prefix.length()))
			.collect(Collectors.toUnmodifiableSet());
	}

	/** Whether the job works on the volume. */
	public boolean includes(RecurringJob job) {
		return job.task().choosesVolumes()
				&& (jobs.contains(job.name()) || job.groups().stream().anyMatch(groups::contains));
	}

}
