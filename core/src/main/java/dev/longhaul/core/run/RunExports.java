package dev.longhaul.core.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.StoredExport;

/**
 * What a night kept beside the volumes of its restore points, as it is written into the
 * bucket beside its manifest. A document of its own, because a dump may take longer than
 * the backups, and a restore point is one without it, too.
 *
 * @param manifestHash of the manifest whose restore points these belong to
 * @param applications each once
 */
public record RunExports(Night night, String manifestHash, Instant writtenAt, List<ApplicationExports> applications) {

	public RunExports {
		applications = List.copyOf(applications);
		if (applications.stream().map(ApplicationExports::application).distinct().count() != applications.size()) {
			throw new IllegalArgumentException("the exports of an application are there twice");
		}
	}

	/**
	 * Those of one application.
	 *
	 * @param kept none of the same name
	 * @param failed exports that could not be made, with the reason
	 */
	public record ApplicationExports(ApplicationName application, List<StoredExport> kept,
			Map<ExportName, String> failed) {

		public ApplicationExports {
			kept = List.copyOf(kept);
			failed = Map.copyOf(failed);
			if (kept.stream().map(StoredExport::name).distinct().count() != kept.size()) {
				throw new IllegalArgumentException("two exports of '%s' have the same name".formatted(application));
			}
		}

		/** One that was kept; empty if none of that name was. */
		public Optional<StoredExport> find(ExportName name) {
			return kept.stream().filter(export -> export.name().equals(name)).findFirst();
		}

		/** The same with one that was kept, in the place of what there is of its name. */
		public ApplicationExports keeping(StoredExport export) {
			ApplicationExports others = without(export.name());
			return new ApplicationExports(application, Stream.concat(others.kept.stream(), Stream.of(export)).toList(),
					others.failed);
		}

		/** The same with one that could not be made. */
		public ApplicationExports failing(ExportName name, String reason) {
			Map<ExportName, String> all = new TreeMap<>(failed);
			all.put(name, reason);
			return new ApplicationExports(application, kept, all);
		}

		/** The same with nothing of that name. */
		public ApplicationExports without(ExportName name) {
			Map<ExportName, String> others = new TreeMap<>(failed);
			others.remove(name);
			return new ApplicationExports(application,
					kept.stream().filter(export -> !export.name().equals(name)).toList(), others);
		}

	}

	/** Those of one application; without any if there are none. */
	public ApplicationExports of(ApplicationName application) {
		return applications.stream()
			.filter(exports -> exports.application().equals(application))
			.findFirst()
			.orElseGet(() -> new ApplicationExports(application, List.of(), Map.of()));
	}

	/** One that was kept; empty if none of that name was. */
	public Optional<StoredExport> find(ApplicationName application, ExportName name) {
		return of(application).find(name);
	}

	/** The same with those of one application changed. */
	public RunExports with(ApplicationExports changed, Instant at) {
		Stream<ApplicationExports> others = applications.stream()
			.filter(exports -> !exports.application().equals(changed.application()));
		return new RunExports(night, manifestHash, at, Stream.concat(others, Stream.of(changed)).toList());
	}

}
