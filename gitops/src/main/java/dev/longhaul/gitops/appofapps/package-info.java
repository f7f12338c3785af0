/**
 * Longhaul's own place in a repository whose chart {@code apps/} declares one Argo CD
 * Application for every entry of a list.
 */
@NullMarked
package dev.longhaul.gitops.appofapps;

import org.jspecify.annotations.NullMarked;
