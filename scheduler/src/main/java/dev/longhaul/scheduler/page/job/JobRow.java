package dev.longhaul.scheduler.page.job;

import java.time.Instant;
import java.util.Objects;

import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.page.run.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * One job.
 *
 * @param kind such as {@code backup}
 * @param schedule for people: its cron expression and time zone, or what it follows
 * @param next null if none is planned
 * @param last its newest run; null if it never ran
 */
public record JobRow(JobName name, String kind, String schedule, JobState state, @Nullable Instant next,
		@Nullable RunRow last) {

	public String href() {
		return "/jobs/" + name;
	}

	String words() {
		return String.join(" ", name.value(), kind, schedule, state.word());
	}

	Instant due() {
		return Objects.requireNonNullElse(next, Instant.MAX);
	}

}
