/**
 * What runs the pods of an application, and the places in it where commands run.
 */
@NullMarked
package dev.longhaul.core.workload;

import org.jspecify.annotations.NullMarked;
