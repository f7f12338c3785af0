/**
 * An object store in a directory: a mounted NFS or CIFS share, a disk, a copy of a
 * bucket.
 */
@NullMarked
package dev.longhaul.backupstore.directory;

import org.jspecify.annotations.NullMarked;
