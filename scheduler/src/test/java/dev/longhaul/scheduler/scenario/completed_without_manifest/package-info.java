/**
 * Longhorn reports a backup as complete that is not in the bucket.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.completed_without_manifest;

import org.jspecify.annotations.NullMarked;
