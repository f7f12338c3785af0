package dev.longhaul.core.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.StoredExport;

/**
 * What a night kept beside the volumes of its restore points, as it is written into the
 * bucket beside its manifest. A document of its own, because a dump may take longer than
 * the backups, and a restore point is one without it, too.
 *
 * @param manifestHash of the manifest whose restore points these belong to
 */
public record RunExports(Night night, String manifestHash, Instant writtenAt, List<ApplicationExports> applications) {

	public RunExports {
		applications = List.copyOf(applications);
	}

	/**
	 * Those of one application.
	 *
	 * @param failed exports there are none of tonight, with the reason
	 */
	public record ApplicationExports(ApplicationName application, List<StoredExport> kept,
			Map<ExportName, String> failed) {

		public ApplicationExports {
			kept = List.copyOf(kept);
			failed = Map.copyOf(failed);
		}

	}

	/** One that was kept; empty if none of that name was. */
	public Optional<StoredExport> find(ApplicationName application, ExportName name) {
		return applications.stream()
			.filter(exports -> exports.application().equals(application))
			.flatMap(exports -> exports.kept().stream())
			.filter(export -> export.name().equals(name))
			.findFirst();
	}

}
