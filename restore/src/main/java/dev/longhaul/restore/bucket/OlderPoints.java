package dev.longhaul.restore.bucket;

import java.util.List;
import java.util.Set;

import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.mirror.Side;
import dev.longhaul.backupstore.repair.BlockRepair;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.ApplicationRecord;
import dev.longhaul.core.run.ApplicationRecord.Point;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.restore.bucket.SourceBucket.Advice;
import dev.longhaul.restore.choice.BucketContents;
import dev.longhaul.restore.choice.Choice;
import dev.longhaul.restore.choice.RestorableVolume;
import dev.longhaul.restore.choice.Wanted;
import dev.longhaul.restore.plan.PlannedVolume;

/**
 * The proven restore points older than one that cannot be restored. Restore points of a
 * volume share blocks, and what was proven once may since have lost the same ones; so one
 * is named only if all its blocks are there.
 */
final class OlderPoints {

	private final Side bucket;

	private final Seal seal;

	private final BlockRepair blocks;

	private final String named;

	private final Pause pause;

	OlderPoints(Side bucket, Seal seal, BlockRepair blocks, String named, Pause pause) {
		this.bucket = bucket;
		this.seal = seal;
		this.blocks = blocks;
		this.named = named;
		this.pause = pause;
	}

	Advice than(PlannedVolume volume, Set<Checksum> lost) {
		BucketContents contents = BucketContents.read(bucket.store(), bucket.layout(), seal, pause);
		List<Point> older = contents.recorded()
			.applications()
			.stream()
			.filter(record -> record.application().equals(volume.application()))
			.map(ApplicationRecord::points)
			.flatMap(List::stream)
			.filter(point -> point.restorePoint().takenAt().isBefore(volume.createdAt()))
			.filter(point -> point.proof() instanceof Proof.Proven)
			.toList();
		return older.stream()
			.filter(point -> isWithout(contents, point, volume, lost))
			.findFirst()
			.map(this::advice)
			.orElseGet(() -> none(volume, older.size()));
	}

	/** By what is listed: what it holds was proven in its time. */
	private boolean isWithout(BucketContents contents, Point point, PlannedVolume damaged, Set<Checksum> lost) {
		Wanted wanted = new Wanted(Set.of(damaged.application()), null, point.night());
		List<RestorableVolume> volumes = Choice.of(contents, wanted)
			.points()
			.stream()
			.flatMap(chosen -> chosen.volumes().stream())
			.toList();
		return !volumes.isEmpty() && volumes.stream()
			.allMatch(volume -> isWithout(volume, volume.volume().equals(damaged.source()) ? lost : Set.of()));
	}

	private boolean isWithout(RestorableVolume volume, Set<Checksum> lost) {
		try {
			return blocks.isWithout(volume.volume(), volume.backup(), lost);
		}
		catch (RefusedRequest | DamagedData ex) {
			// It was deleted meanwhile, or is damaged itself: not this one.
			return false;
		}
	}

	private Advice advice(Point point) {
		return new Advice("the next older proven restore point without it is of %s: longhaul restore plan %s "
			.formatted(point.restorePoint().takenAt(), named)
				+ "--application %s --restore-point %s --output json > older.json"
					.formatted(point.restorePoint().application(), point.night().id()));
	}

	private Advice none(PlannedVolume volume, int older) {
		if (older == 0) {
			return new Advice("no older restore point of '%s' is proven; one that is not: longhaul restore plan %s "
				.formatted(volume.application(), named)
					+ "--application %s --as-of %s --output json > older.json".formatted(volume.application(),
							volume.createdAt().minusSeconds(1)));
		}
		return new Advice("none of %d older proven restore points of '%s' does without it; 'longhaul restore files' "
			.formatted(older, volume.application()) + "gets out what is left");
	}

}
