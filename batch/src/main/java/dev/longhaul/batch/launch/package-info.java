/**
 * Starting, resuming and stopping runs: the one caller of Spring Batch's job operator.
 */
@NullMarked
package dev.longhaul.batch.launch;

import org.jspecify.annotations.NullMarked;
