/**
 * The form of the JSON documents that are Longhaul's own: read strictly, and bounded,
 * because whoever may write to a bucket may have written them.
 */
@NullMarked
package dev.longhaul.backupstore.document;

import org.jspecify.annotations.NullMarked;
