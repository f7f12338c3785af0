/**
 * Tests of URLs and variables.
 */
@NullMarked
package dev.longhaul.backupstore.target;

import org.jspecify.annotations.NullMarked;
