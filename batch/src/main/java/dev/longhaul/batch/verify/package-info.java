/**
 * The job of reading restore points of earlier nights back: data in a bucket can rot.
 */
@NullMarked
package dev.longhaul.batch.verify;

import org.jspecify.annotations.NullMarked;
