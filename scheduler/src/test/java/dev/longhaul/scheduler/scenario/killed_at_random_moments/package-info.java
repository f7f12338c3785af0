/**
 * The program is killed, at any moment, once or twice.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.killed_at_random_moments;

import org.jspecify.annotations.NullMarked;
