/**
 * A whole cluster comes back: Argo CD, what it begins with, its volumes, and then every
 * Application in the order in which they need each other. Volumes and claims are
 * {@code restore.run}'s; this is what stands around them.
 */
@NullMarked
package dev.longhaul.restore.rebuild;

import org.jspecify.annotations.NullMarked;
