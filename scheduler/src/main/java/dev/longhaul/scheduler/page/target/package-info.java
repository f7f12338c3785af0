/**
 * Places where backups lie.
 */
@NullMarked
package dev.longhaul.scheduler.page.target;

import org.jspecify.annotations.NullMarked;
