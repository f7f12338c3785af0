/**
 * Runs that people start and end, beside those that begin by themselves.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.runs_by_hand;

import org.jspecify.annotations.NullMarked;
