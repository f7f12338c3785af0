/**
 * Brings PersistentVolumes and claims together where no kube-controller-manager does, by
 * its rules and with its words.
 * <p>
 * fabric8's client, as for the other controllers.
 */
@NullMarked
package dev.longhaul.simulator.binding;

import org.jspecify.annotations.NullMarked;
