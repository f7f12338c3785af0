/**
 * What a command may touch of the world outside: its streams, and what is known of the
 * terminal behind them.
 */
@NullMarked
package dev.longhaul.cli.terminal;

import org.jspecify.annotations.NullMarked;
