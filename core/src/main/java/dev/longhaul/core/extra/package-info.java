/**
 * What a mirror has and its source has no more, and when it may go: decided here as a
 * pure function, done elsewhere.
 */
@NullMarked
package dev.longhaul.core.extra;

import org.jspecify.annotations.NullMarked;
