/**
 * Scenarios: the program as it is installed, in a process of its own, against a simulated
 * cluster and an embedded bucket. One package each. Hundreds of nights run in the test's
 * own process, wired alike.
 */
@NullMarked
package dev.longhaul.scheduler.scenario;

import org.jspecify.annotations.NullMarked;
