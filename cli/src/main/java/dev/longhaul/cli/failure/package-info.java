/**
 * How failures reach the person at the terminal: a fact, a code, a hint, an exit status.
 */
@NullMarked
package dev.longhaul.cli.failure;

import org.jspecify.annotations.NullMarked;
