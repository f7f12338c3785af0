/**
 * What a request failed with.
 */
@NullMarked
package dev.longhaul.scheduler.page.problem;

import org.jspecify.annotations.NullMarked;
