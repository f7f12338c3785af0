/**
 * The 3-2-1-1-0 rule, judged over copies and proofs.
 */
@NullMarked
package dev.longhaul.core.verdict;

import org.jspecify.annotations.NullMarked;
