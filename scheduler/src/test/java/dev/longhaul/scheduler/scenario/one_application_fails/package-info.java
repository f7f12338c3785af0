/**
 * One of two applications cannot be backed up.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.one_application_fails;

import org.jspecify.annotations.NullMarked;
