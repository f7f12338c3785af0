/**
 * All applications at one glance.
 */
@NullMarked
package dev.longhaul.scheduler.page.overview;

import org.jspecify.annotations.NullMarked;
