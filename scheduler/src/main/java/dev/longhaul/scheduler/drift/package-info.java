/**
 * How far what runs is from what Git says, looked at again and again.
 * <p>
 * micrometer-core, so that whatever collects metrics finds the drift as gauges.
 */
@NullMarked
package dev.longhaul.scheduler.drift;

import org.jspecify.annotations.NullMarked;
