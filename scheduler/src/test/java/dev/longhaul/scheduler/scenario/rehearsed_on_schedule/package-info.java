/**
 * A drill: an application is started from its backup, beside the one that is in use.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.rehearsed_on_schedule;

import org.jspecify.annotations.NullMarked;
