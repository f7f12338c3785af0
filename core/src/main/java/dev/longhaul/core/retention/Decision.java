package dev.longhaul.core.retention;

import java.util.List;

/**
 * What is to become of a restore point.
 */
public sealed interface Decision {

	StoredPoint point();

	/** All of them, for people; at least one. */
	List<String> reasons();

	/** The reasons, and which exports go with the restore point; for people. */
	default String inWords() {
		String reasons = String.join("; ", reasons());
		List<String> exports = point().exports().stream().map(export -> export.name().value()).sorted().toList();
		return (this instanceof Remove && !exports.isEmpty())
				? reasons + "; with it goes what was exported: " + String.join(", ", exports) : reasons;
	}

	/** It stays. */
	record Keep(StoredPoint point, List<String> reasons) implements Decision {

		public Keep {
			reasons = checked(point, reasons);
		}

	}

	/** It goes, once the plan is approved. */
	record Remove(StoredPoint point, List<String> reasons) implements Decision {

		public Remove {
			reasons = checked(point, reasons);
		}

	}

	private static List<String> checked(StoredPoint point, List<String> reasons) {
		if (reasons.isEmpty()) {
			throw new IllegalArgumentException("a decision on " + point.night() + " needs a reason");
		}
		return List.copyOf(reasons);
	}

}
