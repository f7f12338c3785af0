/**
 * Scenario: two runs at once, and a log in which each line has to say whose it is.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.lines_name_their_run;

import org.jspecify.annotations.NullMarked;
