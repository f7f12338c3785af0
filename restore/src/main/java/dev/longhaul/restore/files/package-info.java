/**
 * Files out of the bucket without any Kubernetes: for each volume of a restore point its
 * image, checked by its own tools, and the tree of files in it; and the exports beside
 * them. For a person with a laptop at night, who is mostly not root.
 * <p>
 * What is put into the directory is whole when it has its name. Everything else lies in a
 * hidden folder in it, which the next call clears away.
 * <p>
 * jackson-core writes the lists of files: a line for each, and there may be millions.
 */
@NullMarked
package dev.longhaul.restore.files;

import org.jspecify.annotations.NullMarked;
