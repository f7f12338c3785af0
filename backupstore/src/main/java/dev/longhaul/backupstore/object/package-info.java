/**
 * Object storage as a port: what a backup target is kept on, whatever keeps it.
 */
@NullMarked
package dev.longhaul.backupstore.object;

import org.jspecify.annotations.NullMarked;
