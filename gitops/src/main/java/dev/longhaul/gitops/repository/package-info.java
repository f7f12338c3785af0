/**
 * The repository that definitions come from.
 * <p>
 * JGit: Git in Java, without a program of that name on the machine or in the image.
 */
@NullMarked
package dev.longhaul.gitops.repository;

import org.jspecify.annotations.NullMarked;
