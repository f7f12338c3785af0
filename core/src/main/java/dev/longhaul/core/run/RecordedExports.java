package dev.longhaul.core.run;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.ExportName;

/**
 * What a bucket tells of exports.
 *
 * @param nights newest first
 * @param refusals documents that are not believed
 */
public record RecordedExports(List<RunExports> nights, List<Recorded.Refusal> refusals) {

	private static final Comparator<RunExports> NEWEST_FIRST = Comparator
		.comparing((RunExports exports) -> exports.night().scheduledFor())
		.reversed();

	public RecordedExports {
		nights = nights.stream().sorted(NEWEST_FIRST).toList();
		refusals = List.copyOf(refusals);
	}

	/** The newest night that kept an export of that name. */
	public Optional<RunExports> newest(ApplicationName application, ExportName name) {
		return nights.stream().filter(night -> night.find(application, name).isPresent()).findFirst();
	}

}
