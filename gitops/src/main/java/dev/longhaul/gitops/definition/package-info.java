/**
 * What stands in the folder {@code longhaul/} of the GitOps repository.
 */
@NullMarked
package dev.longhaul.gitops.definition;

import org.jspecify.annotations.NullMarked;
