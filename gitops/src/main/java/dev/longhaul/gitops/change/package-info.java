/**
 * Changes of files in a repository, as pure functions of what they are now: documents are
 * put in their place and jobs are paused without touching a character of anything else.
 */
@NullMarked
package dev.longhaul.gitops.change;

import org.jspecify.annotations.NullMarked;
