/**
 * Plays Argo CD: applications from Git, rendered by Helm itself, compared with the
 * cluster, synced and judged.
 * <p>
 * helm-java, which is Helm as a library, renders: what is in a repository comes out as it
 * would in a real cluster. Charts that others publish are played by small charts of ours.
 */
@NullMarked
package dev.longhaul.simulator.argo;

import org.jspecify.annotations.NullMarked;
