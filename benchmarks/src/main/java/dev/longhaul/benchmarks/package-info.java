/**
 * What must be fast, measured.
 * <p>
 * JMH, because a timing without warm-up and forks says more about the compiler than about
 * the code.
 */
@NullMarked
package dev.longhaul.benchmarks;

import org.jspecify.annotations.NullMarked;
