/**
 * Applications, the volumes that belong together, and their restore points.
 */
@NullMarked
package dev.longhaul.core.application;

import org.jspecify.annotations.NullMarked;
