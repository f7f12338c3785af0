/**
 * One night: preflight, snapshots and backups of every application, manifest, read back,
 * verdict. The job restarts where it was killed, by looking at what is there.
 * <p>
 * Spring Batch keeps what was done in a database and restarts what was not. SLF4J names
 * the run in the log.
 */
@NullMarked
package dev.longhaul.batch.backup;

import org.jspecify.annotations.NullMarked;
