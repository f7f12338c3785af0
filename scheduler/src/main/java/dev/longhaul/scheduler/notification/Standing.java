package dev.longhaul.scheduler.notification;

import java.util.List;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.scheduler.wording.VerdictTable.Row;

/**
 * How all applications stand.
 */
public sealed interface Standing {

	/** As far as it is recorded. */
	record Known(List<Row> applications) implements Standing {

		public Known {
			applications = List.copyOf(applications);
		}

	}

	/**
	 * Nobody could look: that is told instead of nothing, as silence looks like peace.
	 */
	record Unknown(FailureCode code, String fact) implements Standing {
	}

}
