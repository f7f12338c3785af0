/**
 * How an application is made quiet, so that the snapshots of all its volumes are of one
 * moment, and how it is released: decisions only, nothing here touches a cluster.
 */
@NullMarked
package dev.longhaul.core.profile;

import org.jspecify.annotations.NullMarked;
