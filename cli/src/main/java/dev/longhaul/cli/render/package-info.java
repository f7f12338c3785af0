/**
 * What was found, as people and as machines read it.
 * <p>
 * Jackson's streaming core, because a document of a large target is never held as a tree.
 */
@NullMarked
package dev.longhaul.cli.render;

import org.jspecify.annotations.NullMarked;
