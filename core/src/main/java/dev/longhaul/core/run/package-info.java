/**
 * One night: its identity, from which every name derives, and its record.
 */
@NullMarked
package dev.longhaul.core.run;

import org.jspecify.annotations.NullMarked;
