/**
 * Text that came from outside, made fit for a terminal or a log.
 */
@NullMarked
package dev.longhaul.core.text;

import org.jspecify.annotations.NullMarked;
