/**
 * Plays External Secrets: secrets of the cluster from a vault that runs in it.
 */
@NullMarked
package dev.longhaul.simulator.secret;

import org.jspecify.annotations.NullMarked;
