package dev.longhaul.restore.choice;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.RepositoryBundle;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RecordedRun;
import dev.longhaul.core.run.RunExports;
import org.jspecify.annotations.Nullable;

/**
 * What nights recorded of the repository that declares the applications.
 *
 * @param revisions the commit that declared them, by night; without those that recorded
 * none
 * @param bundles those that are wanted and were not removed, newest first
 */
public record RecordedRepository(Map<Night, String> revisions, List<KeptBundle> bundles) {

	/** Of a bucket in which no night recorded any. */
	public static final RecordedRepository NONE = new RecordedRepository(Map.of(), List.of());

	private static final Comparator<KeptBundle> NEWEST_FIRST = Comparator
		.comparing((KeptBundle bundle) -> bundle.export().takenAt())
		.thenComparing(bundle -> bundle.night().id())
		.reversed();

	public RecordedRepository {
		revisions = Map.copyOf(revisions);
		bundles = List.copyOf(bundles);
	}

	static RecordedRepository of(BucketContents contents, Wanted wanted) {
		Map<Night, String> revisions = new HashMap<>();
		for (RecordedRun run : contents.recorded().runs()) {
			String revision = run.manifest().manifest().revision();
			if (revision != null) {
				revisions.put(run.night(), revision);
			}
		}
		List<KeptBundle> bundles = contents.recorded()
			.runs()
			.stream()
			.filter(run -> isWanted(run.night(), wanted))
			.flatMap(run -> bundles(run, contents))
			.filter(bundle -> wanted.reaches(bundle.export().takenAt()))
			.sorted(NEWEST_FIRST)
			.toList();
		return new RecordedRepository(revisions, bundles);
	}

	/** Who wants the past does not get a repository of later. */
	private static boolean isWanted(Night night, Wanted wanted) {
		return wanted.night() == null || !night.scheduledFor().isAfter(wanted.night().scheduledFor());
	}

	private static Stream<KeptBundle> bundles(RecordedRun run, BucketContents contents) {
		RunExports exports = run.exports();
		if (exports == null) {
			return Stream.empty();
		}
		return exports.applications()
			.stream()
			.filter(application -> isThere(run, application.application(), contents))
			.flatMap(application -> application.kept()
				.stream()
				.filter(new RepositoryBundle()::isSourceOf)
				.map(export -> new KeptBundle(run.night(), application.application(), export)));
	}

	/** Exports go with their restore point, and only records of both stay. */
	private static boolean isThere(RecordedRun run, ApplicationName application, BucketContents contents) {
		return run.manifest()
			.manifest()
			.restorePoints()
			.stream()
			.filter(point -> point.application().equals(application))
			.flatMap(point -> point.backups().stream())
			.anyMatch(backup -> contents.find(backup.volume(), backup.backup()).isPresent());
	}

	/** The commit that a restore point's night recorded. */
	public @Nullable String revision(ChosenPoint point) {
		return (point.origin() instanceof Origin.Recorded recorded) ? revisions.get(recorded.night()) : null;
	}

	public Optional<KeptBundle> newestBundle() {
		return bundles.stream().findFirst();
	}

}
