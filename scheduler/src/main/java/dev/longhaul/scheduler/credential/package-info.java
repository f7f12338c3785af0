/**
 * What the server is trusted with by whoever configures it.
 */
@NullMarked
package dev.longhaul.scheduler.credential;

import org.jspecify.annotations.NullMarked;
