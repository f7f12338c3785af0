/**
 * Tests of the export.
 */
@NullMarked
package dev.longhaul.backupstore.export;

import org.jspecify.annotations.NullMarked;
