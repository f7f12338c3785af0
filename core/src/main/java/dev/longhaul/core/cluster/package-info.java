/**
 * The cluster as a port: what Longhaul asks of Longhorn.
 */
@NullMarked
package dev.longhaul.core.cluster;

import org.jspecify.annotations.NullMarked;
