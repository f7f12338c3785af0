/**
 * When the five fields of cron come due.
 * <p>
 * cron-utils: parses cron in the dialect one defines, and walks a calendar. Quartz' own
 * expressions cannot say "the 13th, and every Friday" in one, as Kubernetes' can.
 */
@NullMarked
package dev.longhaul.gitops.schedule;

import org.jspecify.annotations.NullMarked;
