/**
 * Longhorn's RecurringJobs as definitions of jobs.
 */
@NullMarked
package dev.longhaul.gitops.recurring;

import org.jspecify.annotations.NullMarked;
