package dev.longhaul.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.inventory.NearNames;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunExports.ApplicationExports;
import dev.longhaul.core.text.Printable;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the night that kept an export, the newest first, and reads no more nights
 * than that takes.
 */
final class ExportSearch {

	private final RunCatalog catalog;

	private final List<ApplicationExports> seen = new ArrayList<>();

	ExportSearch(RunCatalog catalog) {
		this.catalog = catalog;
	}

	/**
	 * @param stamp of the night; null for the newest
	 * @throws dev.longhaul.core.failure.DamagedData if a night on the way is not
	 * believed: an older one must not pass for the newest
	 * @throws RefusedRequest if there is none
	 */
	RunExports find(ApplicationName application, ExportName name, @Nullable String stamp) {
		for (Night night : nights(stamp)) {
			Optional<RunExports> exports = catalog.findExportsOfManifest(night);
			if (exports.flatMap(found -> found.find(application, name)).isPresent()) {
				return exports.get();
			}
			exports.ifPresent(found -> seen.addAll(found.applications()));
		}
		throw new RefusedRequest(FailureCode.EXPORT_NOT_FOUND,
				"no night%s kept an export '%s' of '%s'"
					.formatted((stamp == null) ? "" : " '" + Printable.of(stamp) + "'", name, application),
				hint(application, name));
	}

	private List<Night> nights(@Nullable String stamp) {
		List<Night> nights = catalog.nightsWithExports();
		if (stamp == null) {
			return nights;
		}
		List<Night> meant = nights.stream().filter(night -> night.stamp().equals(stamp)).toList();
		if (meant.isEmpty()) {
			throw new RefusedRequest(FailureCode.EXPORT_NOT_FOUND,
					"no night '%s' has recorded exports".formatted(Printable.of(stamp)),
					new NearNames(nights.stream().map(Night::stamp).distinct().toList()).hint(stamp));
		}
		return meant;
	}

	private String hint(ApplicationName application, ExportName name) {
		List<String> exports = kept().filter(exporting -> exporting.application().equals(application))
			.flatMap(exporting -> exporting.kept().stream())
			.map(export -> export.name().value())
			.distinct()
			.toList();
		if (!exports.isEmpty()) {
			return "of the exports of '%s': %s".formatted(application, new NearNames(exports).hint(name.value()));
		}
		return "of the applications with exports: "
				+ new NearNames(kept().map(exporting -> exporting.application().value()).distinct().toList())
					.hint(application.value());
	}

	private Stream<ApplicationExports> kept() {
		return seen.stream().filter(exporting -> !exporting.kept().isEmpty());
	}

}
