/**
 * The program is killed while an application is quiet.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.killed_in_quiet_window;

import org.jspecify.annotations.NullMarked;
