/**
 * What this module's tests share with the simulator's: a real control plane, objects as
 * Longhorn writes them, and the contract of the cluster port.
 */
@NullMarked
package dev.longhaul.longhorn.testing;

import org.jspecify.annotations.NullMarked;
