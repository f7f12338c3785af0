/**
 * The database of runs cannot be read any more.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.database_damaged;

import org.jspecify.annotations.NullMarked;
