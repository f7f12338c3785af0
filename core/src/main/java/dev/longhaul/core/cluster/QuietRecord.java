package dev.longhaul.core.cluster;

import java.time.Instant;
import java.util.List;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.profile.Release;

/**
 * That an application is being made quiet, and all it takes to release it: kept in the
 * cluster, so that it is there after a crash, and when our own database is not.
 *
 * @param run for people: whose window it is
 * @param holder the installation of Longhaul that opened it
 * @param until when it is over at the latest, its release included; from then on anybody
 * may release it
 * @param releases in the order in which they are done
 */
public record QuietRecord(ApplicationName application, String run, String holder, Instant since, Instant until,
		List<Release> releases) {

	public QuietRecord {
		releases = List.copyOf(releases);
	}

	/** The same with what has to be undone. */
	public QuietRecord with(List<Release> known) {
		return new QuietRecord(application, run, holder, since, until, known);
	}

}
