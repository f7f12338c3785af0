/**
 * What can be made to go wrong in the simulated cluster, and an account of whether it
 * did.
 */
@NullMarked
package dev.longhaul.simulator.fault;

import org.jspecify.annotations.NullMarked;
