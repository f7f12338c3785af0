/**
 * A directory tree kept as a real ext4 filesystem in a file, by e2fsprogs and without
 * being mounted.
 */
@NullMarked
package dev.longhaul.simulator.ext4;

import org.jspecify.annotations.NullMarked;
