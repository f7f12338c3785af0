/**
 * The bucket while Longhorn restores from it: deletions are kept away from what is
 * restored, and when Longhorn gives up, the reason is looked for and mended.
 */
@NullMarked
package dev.longhaul.restore.bucket;

import org.jspecify.annotations.NullMarked;
