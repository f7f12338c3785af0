/**
 * What a target holds: volumes and their backups.
 */
@NullMarked
package dev.longhaul.backupstore.inventory;

import org.jspecify.annotations.NullMarked;
