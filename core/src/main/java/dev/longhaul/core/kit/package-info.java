/**
 * What is known of a recovery kit without opening it: which one it is, for whom, and
 * whether the credentials in it are still those in force.
 */
@NullMarked
package dev.longhaul.core.kit;

import org.jspecify.annotations.NullMarked;
