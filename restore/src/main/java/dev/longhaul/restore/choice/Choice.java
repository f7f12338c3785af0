package dev.longhaul.restore.choice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.backupstore.inventory.CataloguedVolume;
import dev.longhaul.backupstore.inventory.NearNames;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.digest.Sha256;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.ApplicationRecord;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.restore.choice.Restorability.Lost;
import dev.longhaul.restore.choice.Restorability.Restorable;

/**
 * Chooses what to restore of a bucket. Pure: the same contents and the same wish lead to
 * the same choice.
 */
public final class Choice {

	/** Of volumes that no claim is known of. */
	private static final ApplicationName UNCLAIMED = new ApplicationName("unclaimed");

	private static final Proof NEVER_READ = new Proof.Unread("only Longhorn recorded it; 'longhaul verify' reads it");

	private static final int READABLE = 31;

	private static final int UNIQUE = 8;

	private final BucketContents contents;

	private final Wanted wanted;

	private final StoredBackups stored;

	private final List<ChosenPoint> points = new ArrayList<>();

	private final List<Absence> missing = new ArrayList<>();

	private Choice(BucketContents contents, Wanted wanted) {
		this.contents = contents;
		this.wanted = wanted;
		this.stored = new StoredBackups(contents);
	}

	/**
	 * @throws RefusedRequest if an application is wanted of which the bucket has nothing
	 */
	public static Chosen of(BucketContents contents, Wanted wanted) {
		return new Choice(contents, wanted).choose();
	}

	private Chosen choose() {
		List<ApplicationRecord> recorded = contents.recorded().applications();
		Map<ApplicationName, List<RestorableVolume>> unrecorded = unrecorded(recorded);
		requireKnown(recorded, unrecorded.keySet());
		contents.recorded()
			.refusals()
			.forEach(refusal -> missing.add(new Absence(refusal.subject(), "it is not believed: " + refusal.reason())));
		recorded.stream().filter(record -> wanted.includes(record.application())).forEach(this::choose);
		unrecorded.forEach(this::choose);
		return EachOnce.of(points, missing).with(RecordedRepository.of(contents, wanted));
	}

	private void choose(ApplicationRecord application) {
		RecordedChoice.Outcome outcome = new RecordedChoice(stored, wanted).of(application);
		if (outcome instanceof RecordedChoice.Outcome.Found found) {
			points.add(found.point());
		}
		else if (outcome instanceof RecordedChoice.Outcome.None none) {
			missing.add(new Absence("application '%s'".formatted(application.application()), none.why()));
		}
	}

	/** Nights have no part in these. */
	private void choose(ApplicationName application, List<RestorableVolume> volumes) {
		if (wanted.includes(application) && wanted.night() == null) {
			points.add(new ChosenPoint(application, new Origin.LonghornAlone(), null, NEVER_READ, volumes, List.of(),
					"newest backup of each volume; no night recorded them", List.of()));
		}
	}

	/** Volumes that no record names, by the namespace of their claims. */
	private Map<ApplicationName, List<RestorableVolume>> unrecorded(List<ApplicationRecord> recorded) {
		Set<VolumeName> known = recorded.stream()
			.flatMap(application -> application.points().stream())
			.flatMap(point -> point.restorePoint().backups().stream())
			.map(VolumeBackup::volume)
			.collect(Collectors.toSet());
		Map<ApplicationName, List<RestorableVolume>> groups = new TreeMap<>();
		contents.volumes()
			.values()
			.stream()
			.filter(volume -> !known.contains(volume.name()))
			.sorted(Comparator.comparing(CataloguedVolume::name))
			.forEach(volume -> group(volume, groups));
		groups.values().forEach(volumes -> volumes.sort(Comparator.comparing(RestorableVolume::dataAt).reversed()));
		return groups;
	}

	private void group(CataloguedVolume volume, Map<ApplicationName, List<RestorableVolume>> groups) {
		Restorability newest = stored.newest(volume, wanted);
		if (newest instanceof Restorable restorable) {
			groups.computeIfAbsent(application(restorable.volume()), name -> new ArrayList<>())
				.add(restorable.volume());
		}
		else if (newest instanceof Lost lost && wanted.applications().isEmpty() && wanted.night() == null) {
			missing.add(new Absence("volume '%s'".formatted(volume.name()), lost.why()));
		}
	}

	/** A namespace may be longer than the name of an application. */
	private static ApplicationName application(RestorableVolume volume) {
		if (volume.claim() == null) {
			return UNCLAIMED;
		}
		String namespace = volume.claim().ref().namespace();
		try {
			return new ApplicationName(namespace);
		}
		catch (IllegalArgumentException ex) {
			String readable = namespace.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
			return new ApplicationName(
					"n%s-%s".formatted(readable.substring(0, Math.min(READABLE - 1, readable.length())),
							Sha256.of(namespace).substring(0, UNIQUE)));
		}
	}

	private void requireKnown(List<ApplicationRecord> recorded, Set<ApplicationName> unrecorded) {
		Set<String> known = Stream.concat(recorded.stream().map(ApplicationRecord::application), unrecorded.stream())
			.map(ApplicationName::value)
			.collect(Collectors.toCollection(LinkedHashSet::new));
		for (ApplicationName name : wanted.applications()) {
			if (!known.contains(name.value())) {
				throw new RefusedRequest(FailureCode.APPLICATION_NOT_FOUND,
						"the bucket holds nothing of an application '%s'".formatted(name),
						new NearNames(known).hint(name.value()));
			}
		}
	}

}
