/**
 * The server that keeps running: definitions from Git, and their jobs when they are due.
 * <p>
 * Quartz wakes it at the right instants.
 */
@NullMarked
package dev.longhaul.scheduler.serve;

import org.jspecify.annotations.NullMarked;
