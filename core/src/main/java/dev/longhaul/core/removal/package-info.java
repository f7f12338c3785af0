/**
 * Carrying out what retention decided: through Longhorn, one backup after the other, each
 * confirmed where its data lay.
 */
@NullMarked
package dev.longhaul.core.removal;

import org.jspecify.annotations.NullMarked;
