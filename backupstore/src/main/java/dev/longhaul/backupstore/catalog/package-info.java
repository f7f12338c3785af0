/**
 * What Longhaul itself keeps in the bucket, beside Longhorn's data: the manifest and the
 * proof of every night, and what is known of the recovery kit; with the strict reading
 * and writing that all documents of ours go through.
 */
@NullMarked
package dev.longhaul.backupstore.catalog;

import org.jspecify.annotations.NullMarked;
