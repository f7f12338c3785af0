/**
 * How a program ends when it is told to.
 */
@NullMarked
package dev.longhaul.core.stop;

import org.jspecify.annotations.NullMarked;
