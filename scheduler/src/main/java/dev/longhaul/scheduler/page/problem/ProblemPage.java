package dev.longhaul.scheduler.page.problem;

import dev.longhaul.scheduler.page.Page;
import dev.longhaul.scheduler.page.Section;
import org.jspecify.annotations.Nullable;

/**
 * Says why there is no page.
 *
 * @param status of HTTP
 * @param fact what happened
 * @param code of the failure; null if it has none
 * @param hint the next step; null if there is none
 * @param trace under which the log tells more; null if it does not
 */
public record ProblemPage(int status, String title, String fact, @Nullable String code, @Nullable String hint,
		@Nullable String trace) implements Page {

	public ProblemPage {
		if (status < 400 || status > 599) {
			throw new IllegalArgumentException("%d is no status of a problem".formatted(status));
		}
	}

	@Override
	public @Nullable Section section() {
		return null;
	}

	@Override
	public @Nullable String json() {
		return null;
	}

}
