/**
 * Which restore points of an application are kept on a target and which go, each with its
 * reasons: decided here as a pure function, done elsewhere.
 */
@NullMarked
package dev.longhaul.core.retention;

import org.jspecify.annotations.NullMarked;
