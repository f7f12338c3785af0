/**
 * The repository that definitions come from.
 * <p>
 * JGit: Git in Java, without a program of that name on the machine or in the image. Its
 * SSH is Apache MINA's, whose known hosts and keys are read here; BouncyCastle brings it
 * Ed25519.
 */
@NullMarked
package dev.longhaul.gitops.repository;

import org.jspecify.annotations.NullMarked;
