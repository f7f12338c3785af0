/**
 * What a bucket that keeps versions still holds of what Longhorn replaced or deleted:
 * what of it may go for good, what has to stay, and what is needed and hidden.
 */
@NullMarked
package dev.longhaul.backupstore.hidden;

import org.jspecify.annotations.NullMarked;
