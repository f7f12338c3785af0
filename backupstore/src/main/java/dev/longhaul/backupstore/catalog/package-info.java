/**
 * What Longhaul itself keeps in the bucket, beside Longhorn's data: the manifest and the
 * proof of every night.
 */
@NullMarked
package dev.longhaul.backupstore.catalog;

import org.jspecify.annotations.NullMarked;
