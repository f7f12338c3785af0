/**
 * Longhorn cannot reach its backup target.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.target_unavailable;

import org.jspecify.annotations.NullMarked;
