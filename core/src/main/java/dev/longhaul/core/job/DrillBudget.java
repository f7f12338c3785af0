package dev.longhaul.core.job;

import java.time.Duration;

import dev.longhaul.core.volume.ByteSize;

/**
 * What a drill may take, which nobody but it needs.
 *
 * @param download of all volumes of an application, before compression
 * @param volume the largest that it may make
 * @param start how long pods may take until they are ready
 */
public record DrillBudget(ByteSize download, ByteSize volume, Duration start) {

	private static final ByteSize MUCH = ByteSize.ofMebibytes(100 * 1024);

	/** If nobody says anything: 100 GiB each, and ten minutes. */
	public static final DrillBudget USUAL = new DrillBudget(MUCH, MUCH, Duration.ofMinutes(10));

}
