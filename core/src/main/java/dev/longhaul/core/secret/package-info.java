/**
 * What must not be shown, as types whose text says nothing of it.
 */
@NullMarked
package dev.longhaul.core.secret;

import org.jspecify.annotations.NullMarked;
