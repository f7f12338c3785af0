package dev.longhaul.batch.backup;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RecordedManifest;
import dev.longhaul.core.volume.ClaimRef;
import org.jspecify.annotations.Nullable;

/**
 * What earlier nights of a job have recorded of claims. Manifests are read from the
 * newest on, and only as far as somebody asks: usually that is one, but an application
 * that has failed for a week is in none of the last seven.
 */
final class History {

	private final RunCatalog catalog;

	private final Perseverance perseverance;

	private final NightListener listener;

	private final Map<Subject, VolumeBackup> newest = new HashMap<>();

	private @Nullable Deque<Night> unread;

	private @Nullable Night before;

	History(RunCatalog catalog, Perseverance perseverance, NightListener listener) {
		this.catalog = catalog;
		this.perseverance = perseverance;
		this.listener = listener;
	}

	/**
	 * The newest backup of a claim that is in a restore point of its application. A
	 * manifest that is not believed is passed over, and warned of; that of the last
	 * night, when tonight's is written, which cannot vouch for it.
	 * @param tonight always the same
	 * @return empty if the claim has no history
	 * @throws dev.longhaul.core.failure.LonghaulException if the bucket cannot be asked:
	 * then nobody knows
	 */
	synchronized Optional<VolumeBackup> last(Night tonight, ApplicationName application, ClaimRef claim) {
		Subject subject = new Subject(application, claim);
		Deque<Night> nights = nights(tonight);
		while (!newest.containsKey(subject) && !nights.isEmpty()) {
			read(nights.getFirst());
			nights.removeFirst();
		}
		return Optional.ofNullable(newest.get(subject));
	}

	private Deque<Night> nights(Night tonight) {
		Deque<Night> nights = unread;
		if (nights == null) {
			nights = new ArrayDeque<>(
					perseverance.ask("looking for the nights before " + tonight, () -> catalog.nightsBefore(tonight)));
			unread = nights;
			before = nights.peekFirst();
		}
		return nights;
	}

	private void read(Night night) {
		try {
			perseverance.ask("reading the manifest of " + night, () -> catalog.findManifest(night))
				.ifPresent(this::remember);
		}
		catch (DamagedData ex) {
			if (!night.equals(before)) {
				listener.on(new NightEvent.Warned(ex.fact()));
			}
		}
	}

	private void remember(RecordedManifest recorded) {
		recorded.manifest()
			.restorePoints()
			.forEach(point -> point.backups()
				.forEach(backup -> newest.putIfAbsent(new Subject(point.application(), backup.claim()), backup)));
	}

	private record Subject(ApplicationName application, ClaimRef claim) {
	}

}
