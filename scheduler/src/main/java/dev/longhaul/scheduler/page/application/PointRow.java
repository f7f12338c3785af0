package dev.longhaul.scheduler.page.application;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.longhaul.core.run.Night;
import dev.longhaul.core.verdict.Copy;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.page.picture.Timeline.Fate;
import dev.longhaul.scheduler.page.picture.Timeline.Form;
import org.jspecify.annotations.Nullable;

/**
 * One restore point.
 *
 * @param night that made it
 * @param takenAt the time of its data
 * @param quiet how long its application was quiet; null if it was not made so
 * @param copies where it lies, and what was read there
 */
public record PointRow(Night night, Instant takenAt, Form form, Fate fate, ByteSize size, @Nullable Duration quiet,
		List<Copy> copies) {

	public PointRow {
		copies = List.copyOf(copies);
	}

	/** Within its page. */
	public String id() {
		return "point-%s-%s".formatted(night.job(), night.stamp());
	}

}
