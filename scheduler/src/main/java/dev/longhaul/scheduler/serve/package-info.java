/**
 * The server that keeps running: definitions from Git, and their jobs when they are due.
 */
@NullMarked
package dev.longhaul.scheduler.serve;

import org.jspecify.annotations.NullMarked;
