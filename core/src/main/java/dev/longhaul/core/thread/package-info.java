/**
 * Threads that work for others.
 */
@NullMarked
package dev.longhaul.core.thread;

import org.jspecify.annotations.NullMarked;
