/**
 * Applications and jobs are declared in Git and edited there while the server runs.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.edited_in_git;

import org.jspecify.annotations.NullMarked;
