/**
 * Longhorn's managers, played: controllers that work on its custom resources in any
 * Kubernetes API, in the order and with the traps of the real ones.
 */
@NullMarked
package dev.longhaul.simulator.longhorn;

import org.jspecify.annotations.NullMarked;
