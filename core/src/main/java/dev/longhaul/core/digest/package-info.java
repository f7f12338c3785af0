/**
 * By what content is known again.
 */
@NullMarked
package dev.longhaul.core.digest;

import org.jspecify.annotations.NullMarked;
