package dev.longhaul.simulator.longhorn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import dev.longhaul.longhorn.crd.RecurringJob;
import dev.longhaul.longhorn.crd.RecurringJobSpec;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Stored;

/**
 * Which recurring jobs a volume takes part in. They are not run here; Longhorn writes
 * them into every backup.
 */
record RecurringJobs(LonghornObjects objects) {

	static final String INFO_LABEL = "VolumeRecurringJobInfo";

	private static final String JOB_LABEL = "recurring-job.longhorn.io/";

	private static final String GROUP_LABEL = "recurring-job-group.longhorn.io/";

	private static final String DEFAULT_GROUP = "default";

	/** As JSON, by job; empty if the volume takes part in none. */
	Optional<String> infoOf(Stored<Volume> volume) {
		Map<String, Object> info = new TreeMap<>();
		for (Stored<RecurringJob> job : objects.list(RecurringJob.class)) {
			RecurringJobSpec spec = job.view().getSpec();
			List<String> groups = new ArrayList<>(Objects.requireNonNullElse(spec.getGroups(), List.of()));
			groups.removeIf(group -> !isInGroup(volume, group));
			boolean direct = volume.label(JOB_LABEL + job.name()).equals("enabled");
			if (direct || !groups.isEmpty()) {
				info.put(job.name(), entry(spec, groups, direct));
			}
		}
		return info.isEmpty() ? Optional.empty()
				: Optional.of(objects.client().getKubernetesSerialization().asJson(info));
	}

	private static boolean isInGroup(Stored<Volume> volume, String group) {
		boolean unlabelled = volume.labels()
			.keySet()
			.stream()
			.noneMatch(key -> key.startsWith(JOB_LABEL) || key.startsWith(GROUP_LABEL));
		return volume.label(GROUP_LABEL + group).equals("enabled") || (unlabelled && group.equals(DEFAULT_GROUP));
	}

	private static Map<String, Object> entry(RecurringJobSpec spec, List<String> groups, boolean direct) {
		Map<String, Object> jobSpec = new LinkedHashMap<>();
		jobSpec.put("name", Admission.orElse(spec.getName(), ""));
		jobSpec.put("groups", Objects.requireNonNullElse(spec.getGroups(), List.of()));
		jobSpec.put("task", Admission.orElse(spec.getTask(), ""));
		jobSpec.put("cron", Admission.orElse(spec.getCron(), ""));
		jobSpec.put("retain", Objects.requireNonNullElse(spec.getRetain(), 0));
		jobSpec.put("concurrency", Objects.requireNonNullElse(spec.getConcurrency(), 0));
		Map<String, Object> entry = new LinkedHashMap<>();
		entry.put("jobSpec", jobSpec);
		entry.put("fromGroup", groups);
		entry.put("fromJob", direct);
		return entry;
	}

}
