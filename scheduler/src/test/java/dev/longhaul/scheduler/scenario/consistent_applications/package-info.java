/**
 * Scenario: applications with real databases that are written to without end, night after
 * night at random moments, and a judge who restores each restore point from the bucket.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.consistent_applications;

import org.jspecify.annotations.NullMarked;
