/**
 * A reader of ext2, ext3 and ext4 in an image, for files to be taken out of it as an
 * ordinary user. The image comes out of a bucket that others may have written to: nothing
 * in it is believed, every number is held against the bounds of the image, and what
 * cannot be read is told piece by piece instead of ending everything.
 * <p>
 * It is our own because what there is does not fit: {@code debugfs rdump} leaves the
 * directory it was given when a name holds a slash, and ends with 0 whatever failed; the
 * kernel needs root; and no maintained library reads ext4 in Java. Decision 0008 has the
 * measurements. What needs writing (the journal, repairs) is left to e2fsck.
 * <p>
 * Layouts are those of the Linux kernel's documentation of ext4's data structures.
 */
@NullMarked
package dev.longhaul.restore.ext4;

import org.jspecify.annotations.NullMarked;
