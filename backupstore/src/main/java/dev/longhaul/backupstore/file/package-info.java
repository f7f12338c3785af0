/**
 * Files on this machine that get their names only when they are whole.
 */
@NullMarked
package dev.longhaul.backupstore.file;

import org.jspecify.annotations.NullMarked;
