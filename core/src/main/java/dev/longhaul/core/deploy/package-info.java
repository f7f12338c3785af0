/**
 * What a cluster runs and who deploys it: Argo CD's Applications, and the order in which
 * they can be synced. Names are Argo CD's.
 */
@NullMarked
package dev.longhaul.core.deploy;

import org.jspecify.annotations.NullMarked;
