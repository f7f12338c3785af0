/**
 * Runs that people look at while they happen, and when they are over.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.runs_watched;

import org.jspecify.annotations.NullMarked;
