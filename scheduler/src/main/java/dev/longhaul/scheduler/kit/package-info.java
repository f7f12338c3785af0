/**
 * Whether the recovery kit still holds the credentials in force. The server cannot open
 * it, and need not.
 */
@NullMarked
package dev.longhaul.scheduler.kit;

import org.jspecify.annotations.NullMarked;
