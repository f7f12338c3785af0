/**
 * Exports in the bucket: streams of unknown length, compressed, encrypted and checked;
 * and small documents that are encrypted in the same way.
 * <p>
 * zstd-jni, because zstd is the one compression whose speed does not slow a dump down and
 * whose tool every system has; jagged for age, because its files are opened by the age
 * tools too, without Longhaul; Bouncy Castle for scrypt, which jagged leaves out, as it
 * is there for SSH already.
 */
@NullMarked
package dev.longhaul.backupstore.stream;

import org.jspecify.annotations.NullMarked;
