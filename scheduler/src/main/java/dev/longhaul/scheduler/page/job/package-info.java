/**
 * Jobs as Git declares them.
 */
@NullMarked
package dev.longhaul.scheduler.page.job;

import org.jspecify.annotations.NullMarked;
