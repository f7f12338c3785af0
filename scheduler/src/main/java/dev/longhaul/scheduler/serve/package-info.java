/**
 * The server that keeps running: definitions from Git, and their jobs when they are due.
 * <p>
 * slf4j-api, so that every line that is logged in a run names it.
 */
@NullMarked
package dev.longhaul.scheduler.serve;

import org.jspecify.annotations.NullMarked;
