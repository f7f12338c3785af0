/**
 * {@code longhaul-server token}: tokens for whoever is at the server's own machine.
 */
@NullMarked
package dev.longhaul.scheduler.token;

import org.jspecify.annotations.NullMarked;
