/**
 * What runs and is not in Git, and the reverse: a pure function of what is declared, what
 * the cluster has and which nights the bucket knows.
 */
@NullMarked
package dev.longhaul.gitops.drift;

import org.jspecify.annotations.NullMarked;
