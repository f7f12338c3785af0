/**
 * Exports: streams that are kept beside the volumes of a restore point.
 */
@NullMarked
package dev.longhaul.core.export;

import org.jspecify.annotations.NullMarked;
