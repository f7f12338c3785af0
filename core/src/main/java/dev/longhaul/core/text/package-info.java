/**
 * How things are said on a terminal: spans of time, progress, and text from outside made
 * harmless.
 */
@NullMarked
package dev.longhaul.core.text;

import org.jspecify.annotations.NullMarked;
