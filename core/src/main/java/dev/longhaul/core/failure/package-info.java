/**
 * What can go wrong, as a type that says what to do next and a code that says what it
 * was.
 */
@NullMarked
package dev.longhaul.core.failure;

import org.jspecify.annotations.NullMarked;
