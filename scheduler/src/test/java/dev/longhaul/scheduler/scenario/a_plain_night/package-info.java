/**
 * Nothing goes wrong.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.a_plain_night;

import org.jspecify.annotations.NullMarked;
