/**
 * What our scripts answer in the pods of restored applications.
 */
@NullMarked
package dev.longhaul.restore.pod;

import org.jspecify.annotations.NullMarked;
