/**
 * The Kubernetes API of the simulated cluster, where none is given.
 * <p>
 * fabric8's mock server, because it keeps objects, conflicts, finalizers and watches in a
 * few megabytes.
 */
@NullMarked
package dev.longhaul.simulator.api;

import org.jspecify.annotations.NullMarked;
