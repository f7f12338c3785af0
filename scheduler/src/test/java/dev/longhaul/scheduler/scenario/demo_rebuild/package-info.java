/**
 * The demo as a program reads it.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.demo_rebuild;

import org.jspecify.annotations.NullMarked;
