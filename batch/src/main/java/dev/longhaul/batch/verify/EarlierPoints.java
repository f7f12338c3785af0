package dev.longhaul.batch.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.batch.backup.Perseverance;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.run.Recorded;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the restore points to be read back. Catalogue and target are listed once for
 * all applications.
 * <p>
 * The newest one is chosen even if a backup of it is gone: no rule removes it, so it was
 * lost. An older one that is not whole any more was removed, and the next takes its
 * place; so it is with the newest one in a mirror, which may be behind.
 */
final class EarlierPoints {

	private final RunCatalog catalog;

	private final VerifyOrder order;

	private final Perseverance perseverance;

	private final VerifyListener listener;

	private @Nullable Recorded recorded;

	private Set<BackupName> listed = Set.of();

	EarlierPoints(RunCatalog catalog, VerifyOrder order, Perseverance perseverance, VerifyListener listener) {
		this.catalog = catalog;
		this.order = order;
		this.perseverance = perseverance;
		this.listener = listener;
	}

	/** Newest first; none of an application of which no night has recorded one. */
	List<EarlierPoint> of(ApplicationName application) {
		List<EarlierPoint> chosen = new ArrayList<>();
		for (EarlierPoint point : all(application).toList()) {
			if (chosen.size() < order.restorePoints() && (point.isWhole() || isLost(chosen))) {
				chosen.add(point);
			}
		}
		return chosen;
	}

	private boolean isLost(List<EarlierPoint> newer) {
		return newer.isEmpty() && order.place().mirror() == null;
	}

	private Stream<EarlierPoint> all(ApplicationName application) {
		Recorded known = recorded();
		return known.runs()
			.stream()
			.map(run -> run.manifest())
			.flatMap(manifest -> manifest.manifest()
				.restorePoints()
				.stream()
				.filter(point -> point.application().equals(application))
				.map(point -> EarlierPoint.of(manifest, point, listed)))
			.sorted(Comparator.comparing((EarlierPoint point) -> point.restorePoint().takenAt()).reversed());
	}

	private Recorded recorded() {
		if (recorded == null) {
			recorded = perseverance.ask("reading what nights have recorded", catalog::readAll);
			listed = perseverance.ask("listing the backups", () -> order.place().inventory().volumes())
				.stream()
				.flatMap(folder -> folder.manifests().stream())
				.map(manifest -> manifest.backup())
				.collect(Collectors.toUnmodifiableSet());
			recorded.refusals()
				.forEach(refusal -> listener
					.on(new VerifyEvent.Warned("not believed: %s: %s".formatted(refusal.subject(), refusal.reason()))));
		}
		return Objects.requireNonNull(recorded);
	}

}
