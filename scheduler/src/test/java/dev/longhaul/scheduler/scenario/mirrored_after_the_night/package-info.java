/**
 * What follows a night: a mirror of it, and reading it back once more.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.mirrored_after_the_night;

import org.jspecify.annotations.NullMarked;
