package dev.longhaul.scheduler.ledger;

import java.time.Duration;
import java.time.Instant;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.QuietWindow;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * A restore point as a list shows it.
 *
 * @param manifestHash of its night's manifest: SHA-256 in hexadecimal
 * @param revision of the Git repository that declared the application; null if none did
 * @param takenAt the time of its data
 * @param spread how far apart in time its snapshots are
 * @param quiet null if the application was not made quiet
 * @param size of all its volumes together: blocks times block size
 * @param proof by everything that was read back of it in its target
 */
public record StoredPoint(ApplicationName application, Night night, String manifestHash, @Nullable String revision,
		Instant takenAt, Duration spread, @Nullable QuietWindow quiet, ByteSize size, int volumes, Proof proof) {

}
