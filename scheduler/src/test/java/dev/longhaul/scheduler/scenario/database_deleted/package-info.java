/**
 * The database of runs is gone; what is in the bucket is enough.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.database_deleted;

import org.jspecify.annotations.NullMarked;
