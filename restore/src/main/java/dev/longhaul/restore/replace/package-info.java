/**
 * What is restored in the place of what is in use.
 */
@NullMarked
package dev.longhaul.restore.replace;

import org.jspecify.annotations.NullMarked;
