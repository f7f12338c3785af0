/**
 * Tables that sort and filter by links.
 */
@NullMarked
package dev.longhaul.scheduler.page.table;

import org.jspecify.annotations.NullMarked;
