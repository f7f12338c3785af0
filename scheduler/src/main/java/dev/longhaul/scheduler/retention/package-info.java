/**
 * Retention that a person plans, looks at and has carried out. Nights carry out theirs by
 * themselves.
 */
@NullMarked
package dev.longhaul.scheduler.retention;

import org.jspecify.annotations.NullMarked;
