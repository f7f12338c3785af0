/**
 * The server's program.
 * <p>
 * picocli, for usage errors and help that are the same as those of the command line.
 */
@NullMarked
package dev.longhaul.scheduler;

import org.jspecify.annotations.NullMarked;
