package dev.longhaul.core.backup;

import java.time.Duration;
import java.time.Instant;

import dev.longhaul.core.backup.BackupWitness.Manifest;
import dev.longhaul.core.backup.BackupWitness.Testimony;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * Decides, look by look, whether a backup is still being made. Pure: what it remembers is
 * in the record, time is a parameter, and losing it costs nothing but a fresh start of
 * its clocks.
 * <p>
 * The rules come from Longhorn's own behaviour: the state {@code Completed} is reported
 * before the manifest is written and proves nothing; progress 0 is not "stuck", because
 * Longhorn compares for minutes before it uploads; a live upload rewrites its lock in the
 * bucket every 60 s; {@code Error} is final.
 *
 * @param bounds how long each kind of silence is borne
 * @param begunAt the first look
 * @param progress what Longhorn reported last; null before it reported anything
 * @param aliveAt when anything last moved, in the cluster or in the bucket
 * @param completedAt since when Longhorn reports completion; null if it does not
 * @param clusterSilentSince since when the cluster does not answer; null if it does
 * @param bucketSilentSince since when the bucket does not answer; null if it does, or is
 * not needed
 */
public record BackupWatch(Bounds bounds, Instant begunAt, @Nullable Progress progress, Instant aliveAt,
		@Nullable Instant completedAt, @Nullable Instant clusterSilentSince, @Nullable Instant bucketSilentSince) {

	/**
	 * Three halves of the interval in which Longhorn rewrites its lock: looking earlier
	 * costs calls and shows nothing.
	 */
	private static final Duration QUIET = Duration.ofSeconds(90);

	/**
	 * @param now the time of the first look
	 */
	public static BackupWatch begin(Bounds bounds, Instant now) {
		return new BackupWatch(bounds, now, null, now, null, null, null);
	}

	/**
	 * Whether the bucket is to be asked before the next decision. It is not while the
	 * cluster alone shows progress: every look into it is billed.
	 */
	public boolean needsBucket(InCluster inCluster, Instant now) {
		if (inCluster instanceof Reported reported) {
			return switch (reported.backup().state()) {
				case COMPLETED -> true;
				case NEW, PENDING, IN_PROGRESS -> isQuiet(Progress.of(reported.backup()), now);
				case ERROR, UNKNOWN, DELETING -> false;
			};
		}
		return inCluster instanceof Absent;
	}

	private boolean isQuiet(Progress seen, Instant now) {
		Duration half = bounds.stall().dividedBy(2);
		Duration quiet = (QUIET.compareTo(half) < 0) ? QUIET : half;
		return seen.equals(progress) && !now.isBefore(aliveAt.plus(quiet));
	}

	/**
	 * Takes in one look and decides.
	 */
	public Step look(InCluster inCluster, InBucket inBucket, Instant now) {
		BackupWatch next = remember(inCluster, inBucket, now);
		return new Step(next, next.decide(inCluster, inBucket, now));
	}

	private BackupWatch remember(InCluster inCluster, InBucket inBucket, Instant now) {
		Progress seen = (inCluster instanceof Reported reported) ? Progress.of(reported.backup()) : progress;
		Instant alive = (seen != null && !seen.equals(progress)) ? now : aliveAt;
		if (inBucket instanceof Told told) {
			alive = latest(alive, signOfLife(told.testimony(), now));
		}
		boolean completed = seen != null && seen.state() == BackupState.COMPLETED;
		return new BackupWatch(bounds, begunAt, seen, alive, completed ? sinceOr(completedAt, now) : null,
				(inCluster instanceof ClusterSilent) ? sinceOr(clusterSilentSince, now) : null,
				(inBucket instanceof BucketSilent) ? sinceOr(bucketSilentSince, now) : null);
	}

	private Outcome decide(InCluster inCluster, InBucket inBucket, Instant now) {
		Outcome outcome = (inCluster instanceof Reported reported) ? decideOn(reported.backup(), inBucket, now)
				: (inCluster instanceof Absent) ? decideOnAbsent(inBucket, now) : decideOnSilent(inCluster, now);
		if (outcome instanceof Waiting && isOver(begunAt, bounds.total(), now)) {
			return new Failed(FailureCode.TIMED_OUT, "not finished within " + bounds.total());
		}
		return outcome;
	}

	private Outcome decideOn(Backup backup, InBucket inBucket, Instant now) {
		return switch (backup.state()) {
			case NEW, PENDING, IN_PROGRESS -> decideOnRunning(backup, inBucket, now);
			case COMPLETED -> decideOnCompleted(inBucket, now);
			case ERROR -> new Failed(FailureCode.BACKUP_FAILED, "Longhorn reports: " + messageOf(backup));
			case UNKNOWN -> new Failed(FailureCode.BACKUP_FAILED,
					"Longhorn has lost track of it and reports: " + messageOf(backup));
			case DELETING -> new Failed(FailureCode.BACKUP_FAILED, "somebody is deleting it");
		};
	}

	/** Without the bucket's word a backup is never called stalled. */
	private Outcome decideOnRunning(Backup backup, InBucket inBucket, Instant now) {
		if (!(inBucket instanceof Told told)) {
			return decideOnSilentBucket(inBucket, now);
		}
		if (!isOver(aliveAt, bounds.stall(), now)) {
			return new Waiting();
		}
		String manifest = (told.testimony().manifest() == Manifest.FINISHED) ? ", although its manifest is finished"
				: "";
		return new Stalled("%s at %d %%, no progress and no sign of life in the bucket since %s%s"
			.formatted(backup.state(), backup.progress(), aliveAt, manifest));
	}

	private Outcome decideOnCompleted(InBucket inBucket, Instant now) {
		if (!(inBucket instanceof Told told)) {
			return decideOnSilentBucket(inBucket, now);
		}
		if (told.testimony().manifest() == Manifest.FINISHED) {
			return new Finished();
		}
		if (isOver(latest(aliveAt, completedAt), bounds.settle(), now)) {
			return new Failed(FailureCode.BACKUP_FAILED, "Longhorn reports completion since %s, but the bucket %s"
				.formatted(completedAt, describe(told.testimony().manifest())));
		}
		return new Waiting();
	}

	private Outcome decideOnAbsent(InBucket inBucket, Instant now) {
		if (!(inBucket instanceof Told told)) {
			return decideOnSilentBucket(inBucket, now);
		}
		if (told.testimony().manifest() == Manifest.FINISHED) {
			return new Finished();
		}
		return new Failed(FailureCode.BACKUP_FAILED, "its resource is gone from the cluster, and the bucket %s"
			.formatted(describe(told.testimony().manifest())));
	}

	private Outcome decideOnSilent(InCluster inCluster, Instant now) {
		if (inCluster instanceof ClusterSilent silent && isOver(clusterSilentSince, bounds.silence(), now)) {
			return new Failed(FailureCode.CLUSTER_UNREACHABLE,
					"the cluster has not answered since %s: %s".formatted(clusterSilentSince, silent.why()));
		}
		return new Waiting();
	}

	private Outcome decideOnSilentBucket(InBucket inBucket, Instant now) {
		if (inBucket instanceof BucketSilent silent && isOver(bucketSilentSince, bounds.silence(), now)) {
			return new Failed(FailureCode.TARGET_UNREACHABLE,
					"the bucket has not answered since %s: %s".formatted(bucketSilentSince, silent.why()));
		}
		return new Waiting();
	}

	private static String describe(Manifest manifest) {
		return switch (manifest) {
			case ABSENT -> "holds no manifest of it";
			case PLACEHOLDER -> "holds only the placeholder of its manifest";
			case UNREADABLE -> "holds a manifest of it that cannot be read";
			case FINISHED -> "holds its finished manifest";
		};
	}

	private static String messageOf(Backup backup) {
		return backup.error().isEmpty() ? backup.state() + ", and gives no reason" : backup.error();
	}

	/** In our clock: only the age is taken from the bucket's. */
	private static @Nullable Instant signOfLife(Testimony testimony, Instant now) {
		Instant lastSignOfLife = testimony.lastSignOfLife();
		if (lastSignOfLife == null) {
			return null;
		}
		Duration age = Duration.between(lastSignOfLife, testimony.observedAt());
		return age.isNegative() ? now : now.minus(age);
	}

	private static Instant latest(Instant a, @Nullable Instant b) {
		return (b != null && b.isAfter(a)) ? b : a;
	}

	private static Instant sinceOr(@Nullable Instant since, Instant now) {
		return (since != null) ? since : now;
	}

	private static boolean isOver(@Nullable Instant since, Duration limit, Instant now) {
		return since != null && now.isAfter(since.plus(limit));
	}

	/**
	 * How long each kind of silence is borne.
	 *
	 * @param stall neither progress in the cluster nor a sign of life in the bucket
	 * @param settle completion reported, manifest not there
	 * @param silence the cluster, or the bucket when it is needed, does not answer
	 * @param total the whole backup
	 */
	public record Bounds(Duration stall, Duration settle, Duration silence, Duration total) {

		public Bounds {
			requirePositive("stall", stall);
			requirePositive("settle", settle);
			requirePositive("silence", silence);
			requirePositive("total", total);
		}

		private static void requirePositive(String name, Duration duration) {
			if (duration.isZero() || duration.isNegative()) {
				throw new IllegalArgumentException(name + " must be positive, not " + duration);
			}
		}

	}

	/** What counts as movement when it changes. */
	public record Progress(BackupState state, int percent, ByteSize uploaded) {

		static Progress of(Backup backup) {
			return new Progress(backup.state(), backup.progress(), backup.uploaded());
		}

	}

	/** What the cluster answered. */
	public sealed interface InCluster {

	}

	/** There is a resource. */
	public record Reported(Backup backup) implements InCluster {
	}

	/** There is none. */
	public record Absent() implements InCluster {
	}

	/** It did not answer, which says nothing about the backup. */
	public record ClusterSilent(String why) implements InCluster {
	}

	/** What the bucket answered. */
	public sealed interface InBucket {

	}

	/** It was looked into. */
	public record Told(Testimony testimony) implements InBucket {
	}

	/** It was not asked. */
	public record NotAsked() implements InBucket {
	}

	/** It did not answer, which says nothing about the backup. */
	public record BucketSilent(String why) implements InBucket {
	}

	/** What to do next. */
	public sealed interface Outcome {

	}

	/** Look again. */
	public record Waiting() implements Outcome {
	}

	/** The bucket holds its finished manifest and Longhorn is done with it. */
	public record Finished() implements Outcome {
	}

	/**
	 * It will not be finished, or nobody can say whether it was.
	 */
	public record Failed(FailureCode code, String reason) implements Outcome {
	}

	/** Nothing has moved for too long. */
	public record Stalled(String reason) implements Outcome {
	}

	/**
	 * One decision.
	 *
	 * @param next to take the next look with
	 */
	public record Step(BackupWatch next, Outcome outcome) {
	}

}
