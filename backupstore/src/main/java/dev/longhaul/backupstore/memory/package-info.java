/**
 * An object store in memory, for tests and for trying things out.
 */
@NullMarked
package dev.longhaul.backupstore.memory;

import org.jspecify.annotations.NullMarked;
