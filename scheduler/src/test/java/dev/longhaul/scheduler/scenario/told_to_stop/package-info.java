/**
 * The program is told to stop, by the signal that Kubernetes and systemd send.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.told_to_stop;

import org.jspecify.annotations.NullMarked;
