/**
 * An application's own data are damaged on the volume, and every block is backed up as it
 * is.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.application_data_damaged;

import org.jspecify.annotations.NullMarked;
