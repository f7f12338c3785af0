/**
 * A whole simulated node behind a front, to test with the client that production uses.
 */
@NullMarked
package dev.longhaul.simulator.testing;

import org.jspecify.annotations.NullMarked;
