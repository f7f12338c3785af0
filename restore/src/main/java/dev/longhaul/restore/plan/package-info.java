/**
 * What would be restored of what a bucket holds, from which backups, in which order and
 * why. Plans are values: nothing is restored by making one.
 */
@NullMarked
package dev.longhaul.restore.plan;

import org.jspecify.annotations.NullMarked;
