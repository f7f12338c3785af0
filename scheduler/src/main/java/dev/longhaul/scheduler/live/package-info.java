/**
 * Runs told while they happen, to whoever keeps a connection open for it.
 */
@NullMarked
package dev.longhaul.scheduler.live;

import org.jspecify.annotations.NullMarked;
