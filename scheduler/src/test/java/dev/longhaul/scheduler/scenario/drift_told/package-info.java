/**
 * What runs in the cluster is not what is declared in Git.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.drift_told;

import org.jspecify.annotations.NullMarked;
