/**
 * Ed25519 keys of the user's choice, and the signatures made with them.
 */
@NullMarked
package dev.longhaul.backupstore.signature;

import org.jspecify.annotations.NullMarked;
