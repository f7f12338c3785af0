/**
 * Reading backups back, block by block.
 */
@NullMarked
package dev.longhaul.backupstore.verify;

import org.jspecify.annotations.NullMarked;
