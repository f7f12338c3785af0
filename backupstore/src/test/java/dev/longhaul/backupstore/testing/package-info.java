/**
 * What tests of several modules share.
 */
@NullMarked
package dev.longhaul.backupstore.testing;

import org.jspecify.annotations.NullMarked;
