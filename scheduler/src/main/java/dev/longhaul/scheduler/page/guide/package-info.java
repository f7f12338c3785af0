/**
 * What to do by hand, where a page cannot do it.
 */
@NullMarked
package dev.longhaul.scheduler.page.guide;

import org.jspecify.annotations.NullMarked;
