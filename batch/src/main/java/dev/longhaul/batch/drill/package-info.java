/**
 * The job of a drill: applications are restored into throw-away namespaces, one after the
 * other.
 */
@NullMarked
package dev.longhaul.batch.drill;

import org.jspecify.annotations.NullMarked;
