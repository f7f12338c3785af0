/**
 * Runs of jobs, and one of them while it runs.
 */
@NullMarked
package dev.longhaul.scheduler.page.run;

import org.jspecify.annotations.NullMarked;
