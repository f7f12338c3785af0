package dev.longhaul.scheduler.site;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.QuietWindow;
import dev.longhaul.core.profile.Profile;
import dev.longhaul.core.verdict.Copy;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.scheduler.ledger.Cursor;
import dev.longhaul.scheduler.ledger.HeldPoint;
import dev.longhaul.scheduler.ledger.StoredPoint;
import dev.longhaul.scheduler.ledger.StoredSize;
import dev.longhaul.scheduler.ledger.StoredVolume;
import dev.longhaul.scheduler.page.Action;
import dev.longhaul.scheduler.page.application.ApplicationPage;
import dev.longhaul.scheduler.page.application.PointRow;
import dev.longhaul.scheduler.page.application.VolumeRow;
import dev.longhaul.scheduler.page.overview.ApplicationRow;
import dev.longhaul.scheduler.page.picture.Sample;
import dev.longhaul.scheduler.page.picture.StackedAreas.Series;
import dev.longhaul.scheduler.page.picture.Timeline.Fate;
import dev.longhaul.scheduler.page.picture.Timeline.Form;
import dev.longhaul.scheduler.page.table.Query;
import org.jspecify.annotations.Nullable;

/**
 * What the page of one application shows. Pure.
 */
final class ApplicationContent {

	private final ApplicationRow row;

	private final Optional<ApplicationDefinition> declared;

	private final List<Action> actions;

	/**
	 * @param declared empty if it is not declared any more
	 */
	ApplicationContent(ApplicationRow row, Optional<ApplicationDefinition> declared, List<Action> actions) {
		this.row = row;
		this.declared = declared;
		this.actions = actions;
	}

	/**
	 * @param points of the time that is shown, newest first
	 * @param sizes of volumes in all their backups, newest first
	 */
	ApplicationPage page(dev.longhaul.scheduler.ledger.Page<HeldPoint> points, List<StoredVolume> volumes,
			List<StoredSize> sizes, Query query) {
		Cursor next = points.next();
		String older = (next != null) ? "/applications/%s?after=%s".formatted(row.name(),
				URLEncoder.encode(next.toString(), StandardCharsets.UTF_8)) : null;
		return new ApplicationPage(row, profile(),
				ApplicationPage.points(points.entries().stream().map(ApplicationContent::point).toList(), query), older,
				ApplicationPage.volumes(volumes.stream().map(ApplicationContent::volume).toList()),
				windows(points.entries()), series(sizes), actions);
	}

	private @Nullable String profile() {
		if (declared.isEmpty()) {
			return "not declared any more";
		}
		Profile profile = declared.get().profile();
		return (profile != null) ? profile.getClass().getSimpleName().replace("Profile", "").toLowerCase(Locale.ROOT)
				: null;
	}

	private static PointRow point(HeldPoint held) {
		StoredPoint point = held.point();
		QuietWindow quiet = point.quiet();
		return new PointRow(point.night(), point.takenAt(), form(held), Fate.KEPT, point.size(),
				(quiet != null) ? quiet.lasted() : null, held.copies());
	}

	/** Damage in one place is worth a look, whatever another says. */
	private static Form form(HeldPoint held) {
		List<Proof> proofs = Stream.concat(Stream.of(held.point().proof()), held.copies().stream().map(Copy::proof))
			.toList();
		if (proofs.stream().anyMatch(Proof.Refuted.class::isInstance)) {
			return Form.DAMAGED;
		}
		return proofs.stream().anyMatch(Proof.Proven.class::isInstance) ? Form.PROVEN : Form.TAKEN;
	}

	private static VolumeRow volume(StoredVolume volume) {
		return new VolumeRow(volume.claim(), volume.volume().value(), volume.size(), volume.snapshotAt());
	}

	private static List<Sample> windows(List<HeldPoint> points) {
		return points.stream()
			.map(HeldPoint::point)
			.filter(point -> point.quiet() != null)
			.map(point -> new Sample(point.takenAt(), lasted(point.quiet()).toMillis()))
			.toList();
	}

	private static Duration lasted(@Nullable QuietWindow window) {
		return (window != null) ? window.lasted() : Duration.ZERO;
	}

	/** Of one backup there is nothing to compare. */
	private static List<Series> series(List<StoredSize> sizes) {
		Map<String, List<Sample>> series = sizes.stream()
			.collect(Collectors.groupingBy(size -> size.claim().toString(), LinkedHashMap::new,
					Collectors.mapping(size -> new Sample(size.at(), size.size().bytes()), Collectors.toList())));
		if (series.values().stream().allMatch(samples -> samples.size() < 2)) {
			return List.of();
		}
		return series.entrySet().stream().map(one -> new Series(one.getKey(), one.getValue())).toList();
	}

}
