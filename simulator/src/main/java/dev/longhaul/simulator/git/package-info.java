/**
 * The Git server of the embedded cluster, where a user's cluster has Gitea, and what
 * others fetch from Git.
 * <p>
 * JGit speaks Git's protocol; the HTTP server of the JDK carries it.
 */
@NullMarked
package dev.longhaul.simulator.git;

import org.jspecify.annotations.NullMarked;
