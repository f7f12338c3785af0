/**
 * The lines that a server logs, for people and for machines.
 * <p>
 * logback-classic and logback-core write them; jackson-core writes those for machines.
 */
@NullMarked
package dev.longhaul.scheduler.log;

import org.jspecify.annotations.NullMarked;
