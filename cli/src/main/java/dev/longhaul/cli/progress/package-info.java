/**
 * What is seen of work that takes a while.
 * <p>
 * progressbar, because it redraws at a bounded rate from a thread of its own, however
 * often and from however many threads it is told of progress.
 */
@NullMarked
package dev.longhaul.cli.progress;

import org.jspecify.annotations.NullMarked;
