/**
 * The job of copying a target to another one, where Longhorn binds a volume to one.
 */
@NullMarked
package dev.longhaul.batch.mirror;

import org.jspecify.annotations.NullMarked;
