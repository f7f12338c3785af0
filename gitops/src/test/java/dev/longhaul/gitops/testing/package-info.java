/**
 * Git servers for the tests of several modules.
 */
@NullMarked
package dev.longhaul.gitops.testing;

import org.jspecify.annotations.NullMarked;
