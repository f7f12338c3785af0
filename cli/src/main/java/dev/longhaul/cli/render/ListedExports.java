package dev.longhaul.cli.render;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RecordedExports;
import dev.longhaul.core.run.RunExports;

/**
 * What nights have recorded of exports, and what of it is still there: retention removes
 * an export with its restore point and leaves the record.
 *
 * @param gone those that are there no more, or not as they were recorded
 */
public record ListedExports(RecordedExports recorded, Set<Kept> gone) {

	public ListedExports {
		gone = Set.copyOf(gone);
	}

	/**
	 * @param isThere as it was recorded
	 */
	public static ListedExports of(RecordedExports recorded, Predicate<Kept> isThere) {
		return new ListedExports(recorded,
				recorded.nights()
					.stream()
					.flatMap(ListedExports::kept)
					.filter(isThere.negate())
					.collect(Collectors.toSet()));
	}

	/** One that a night kept. */
	public record Kept(Night night, ApplicationName application, StoredExport export) {
	}

	/** One that a night could not make. */
	record Failed(Night night, ApplicationName application, ExportName name, String reason) {
	}

	boolean isThere(Kept kept) {
		return !gone.contains(kept);
	}

	/** Of the newest night first. */
	List<Kept> kept() {
		return recorded.nights().stream().flatMap(ListedExports::kept).toList();
	}

	/** Of the newest night first. */
	List<Failed> failed() {
		return recorded.nights().stream().flatMap(ListedExports::failed).toList();
	}

	static Stream<Kept> kept(RunExports night) {
		return night.applications()
			.stream()
			.flatMap(exports -> exports.kept()
				.stream()
				.map(export -> new Kept(night.night(), exports.application(), export)));
	}

	static Stream<Failed> failed(RunExports night) {
		return night.applications()
			.stream()
			.flatMap(exports -> exports.failed()
				.entrySet()
				.stream()
				.sorted(Map.Entry.comparingByKey())
				.map(failed -> new Failed(night.night(), exports.application(), failed.getKey(), failed.getValue())));
	}

}
