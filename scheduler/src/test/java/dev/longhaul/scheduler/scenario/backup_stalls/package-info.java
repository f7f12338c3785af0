/**
 * An upload dies, and Longhorn goes on reporting it as running.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.backup_stalls;

import org.jspecify.annotations.NullMarked;
