/**
 * Guards over good history: whether what is on a volume tonight may stand beside its
 * older restore points.
 */
@NullMarked
package dev.longhaul.core.guard;

import org.jspecify.annotations.NullMarked;
