/**
 * How verdicts, times and counts are said, alike in reports and in messages.
 */
@NullMarked
package dev.longhaul.scheduler.wording;

import org.jspecify.annotations.NullMarked;
