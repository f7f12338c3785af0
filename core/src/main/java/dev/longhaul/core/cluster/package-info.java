/**
 * The cluster as ports: what Longhaul asks of Longhorn, and of the workloads on its
 * volumes.
 */
@NullMarked
package dev.longhaul.core.cluster;

import org.jspecify.annotations.NullMarked;
