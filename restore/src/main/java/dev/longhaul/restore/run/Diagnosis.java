package dev.longhaul.restore.run;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.repair.BlockReport;
import dev.longhaul.backupstore.repair.UnreadableBlock;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.restore.bucket.SourceBucket;
import dev.longhaul.restore.plan.PlannedVolume;

/**
 * Why Longhorn gave up a volume, as far as the bucket is the reason: one block that is
 * missing or damaged ends a restore. The first time blocks are looked for, the second
 * time read.
 */
final class Diagnosis {

	private static final int READ_AT = 2;

	private final SourceBucket bucket;

	private final RestoreSettings settings;

	private final RestoreJournal journal;

	private final RestoreListener listener;

	private final Clock clock;

	Diagnosis(RestoreSettings settings, RestoreJournal journal, RestoreListener listener, Clock clock) {
		this.bucket = settings.bucket();
		this.settings = settings;
		this.journal = journal;
		this.listener = listener;
		this.clock = clock;
	}

	/**
	 * Looks, and mends what can be.
	 * @param attempt that Longhorn gave up, from 1
	 * @return why it is of no use to ask again; empty if it may be of use
	 */
	Optional<DamagedData> of(PlannedVolume volume, int attempt) {
		try {
			Optional<BlockReport> report = bucket.repair(volume, attempt == Math.min(READ_AT, settings.attempts()));
			report.filter(found -> found.putBack() > 0).ifPresent(found -> tell(volume, found));
			return report.filter(found -> !found.isWhole()).map(found -> lost(volume, found));
		}
		catch (DamagedData ex) {
			return Optional.of(new DamagedData(ex.code(), ex.fact(), advice(volume, Set.of())));
		}
		catch (TransientFailure | RefusedRequest | OutcomeUnknown ex) {
			listener.noted("why Longhorn gave up could not be looked for in the bucket: " + ex.fact());
			return Optional.empty();
		}
	}

	private void tell(PlannedVolume volume, BlockReport report) {
		journal.record(clock.instant(), "blocks-put-back", volume.name().value());
		listener.noted("%d of %d blocks of backup '%s' were missing; put back from the mirror, which has them sound"
			.formatted(report.putBack(), report.blocks(), volume.backup()));
	}

	private DamagedData lost(PlannedVolume volume, BlockReport report) {
		UnreadableBlock first = report.lost().get(0);
		return new DamagedData(FailureCode.BACKUP_DAMAGED,
				"backup '%s' of volume '%s' lacks %d of its %d blocks: %s %s".formatted(volume.backup(),
						volume.source(), report.lostInAll(), report.blocks(), first.key(), first.why()),
				advice(volume, report.lost().stream().map(UnreadableBlock::checksum).collect(Collectors.toSet())));
	}

	private String advice(PlannedVolume volume, Set<Checksum> lost) {
		try {
			return bucket.older(volume, lost).text();
		}
		catch (TransientFailure | RefusedRequest | OutcomeUnknown | DamagedData ex) {
			return "an older one is found by 'longhaul restore plan --application %s --as-of %s'; looking for it failed: %s"
				.formatted(volume.application(), volume.createdAt().minusSeconds(1), ex.fact());
		}
	}

}
