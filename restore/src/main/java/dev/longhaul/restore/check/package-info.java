/**
 * Whether restored applications work, by what they say of themselves: their pods' own
 * probes, and for those that are known the command or the address that tells more. It
 * only looks. What could not be looked at is told as that, never as passed.
 */
@NullMarked
package dev.longhaul.restore.check;

import org.jspecify.annotations.NullMarked;
