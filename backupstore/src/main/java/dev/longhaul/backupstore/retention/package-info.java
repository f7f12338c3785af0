/**
 * What a bucket tells retention: the restore points that are still there, who reads them,
 * and whether a deleted one is gone.
 */
@NullMarked
package dev.longhaul.backupstore.retention;

import org.jspecify.annotations.NullMarked;
