/**
 * Scenario: the command line asks a server, and has it do what REST can.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.remote_control;

import org.jspecify.annotations.NullMarked;
