/**
 * Longhorn's own scheduled work on volumes, as its RecurringJob describes it.
 */
@NullMarked
package dev.longhaul.core.recurring;

import org.jspecify.annotations.NullMarked;
