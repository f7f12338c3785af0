/**
 * The recovery kit: one encrypted file with everything that restoring a cluster needs and
 * that would otherwise be lost with it. The credentials of the bucket are in a vault
 * whose volume is in the bucket, and the Git server that everything is deployed from is
 * deployed from itself; the kit is what one begins with.
 * <p>
 * qrcodegen, because it is small, without dependencies, and does nothing but draw the
 * codes of the printed page.
 */
@NullMarked
package dev.longhaul.restore.kit;

import org.jspecify.annotations.NullMarked;
