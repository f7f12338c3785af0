/**
 * Exports in the bucket: streams of unknown length, compressed, encrypted and checked.
 * <p>
 * zstd-jni, because zstd is the one compression whose speed does not slow a dump down and
 * whose tool every system has; jagged for age, because its files are opened by the age
 * tools too, without Longhaul.
 */
@NullMarked
package dev.longhaul.backupstore.stream;

import org.jspecify.annotations.NullMarked;
