/**
 * When jobs run: the definitions in force, what they say is next, and the alarms that are
 * set by that.
 * <p>
 * Quartz wakes the server at the right instants, and keeps its alarms in the server's
 * database. Which instants those are is decided by {@code gitops.schedule}.
 */
@NullMarked
package dev.longhaul.scheduler.schedule;

import org.jspecify.annotations.NullMarked;
