package dev.longhaul.core.extra;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is to become of a backup that only the mirror has.
 */
public sealed interface ExtraDecision {

	StoredBackup backup();

	/** When a run first missed it in the source; null if none has yet. */
	@Nullable Instant since();

	/** All of them, for people; at least one. */
	List<String> reasons();

	/** It stays. */
	record Keep(StoredBackup backup, @Nullable Instant since, List<String> reasons) implements ExtraDecision {

		public Keep {
			reasons = List.copyOf(reasons);
			if (reasons.isEmpty()) {
				throw new IllegalArgumentException("a decision on " + backup + " needs a reason");
			}
		}

	}

	/** It goes, once the plan is approved. */
	record Remove(StoredBackup backup, Instant since, String reason) implements ExtraDecision {

		@Override
		public List<String> reasons() {
			return List.of(reason);
		}

	}

}
