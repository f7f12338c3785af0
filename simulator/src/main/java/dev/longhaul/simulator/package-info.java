/**
 * A cluster that production code cannot tell from a real one, because it only ever meets
 * it over HTTP: a Kubernetes API with Longhorn behind it, and a bucket.
 */
@NullMarked
package dev.longhaul.simulator;

import org.jspecify.annotations.NullMarked;
