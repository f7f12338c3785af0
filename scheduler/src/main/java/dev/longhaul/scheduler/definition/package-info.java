/**
 * What is declared in Git, as the server takes and tells it.
 */
@NullMarked
package dev.longhaul.scheduler.definition;

import org.jspecify.annotations.NullMarked;
