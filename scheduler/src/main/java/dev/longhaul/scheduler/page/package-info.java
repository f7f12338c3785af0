/**
 * The web pages: what each of them shows, as records without any framework, and how they
 * become HTML that can be read without a script.
 * <p>
 * JTE renders the templates, which the build has compiled already, and escapes by where
 * in a page a value stands.
 */
@NullMarked
package dev.longhaul.scheduler.page;

import org.jspecify.annotations.NullMarked;
