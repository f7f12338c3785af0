/**
 * The plan of the house as a test.
 */
@NullMarked
package dev.longhaul.architecture;

import org.jspecify.annotations.NullMarked;
