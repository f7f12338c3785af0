/**
 * Checks of an application's data as they lie in the bucket: a volume is put together in
 * a scratch directory, the files that matter are taken out of its file system without
 * mounting it, and looked at there.
 * <p>
 * sqlite-jdbc is SQLite itself: nobody else can say whether a database of it is whole.
 * The file system is read by e2fsprogs, which has to be installed; no library for the JVM
 * reads ext4 with its journal.
 */
@NullMarked
package dev.longhaul.batch.check;

import org.jspecify.annotations.NullMarked;
