/**
 * What Prometheus is told: how the applications stand, what runs and how runs ended, and
 * what is paid for.
 * <p>
 * Micrometer keeps the meters, and its registry for Prometheus writes them down.
 */
@NullMarked
package dev.longhaul.scheduler.metric;

import org.jspecify.annotations.NullMarked;
