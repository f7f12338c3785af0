/**
 * Jobs as their owner defines them: what is to happen, when, and when not.
 */
@NullMarked
package dev.longhaul.core.job;

import org.jspecify.annotations.NullMarked;
