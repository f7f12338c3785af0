/**
 * Drills: restores that nobody needed, into throw-away namespaces, timed and checked.
 * What is started, and what is left out and why, is decided in pure functions; whatever a
 * drill made is removed at its end, or by the next one.
 */
@NullMarked
package dev.longhaul.restore.drill;

import org.jspecify.annotations.NullMarked;
