/**
 * Pictures of the pages, drawn on the server: pure functions from figures to inline SVG.
 * Attributes carry the geometry and classes the colours, so that a page needs no inline
 * style.
 */
@NullMarked
package dev.longhaul.scheduler.page.picture;

import org.jspecify.annotations.NullMarked;
