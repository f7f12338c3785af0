/**
 * What becomes known of runs and verdicts, and who is brought up to date by it: the
 * ledger, the meters and the channels of notifications.
 */
@NullMarked
package dev.longhaul.scheduler.news;

import org.jspecify.annotations.NullMarked;
