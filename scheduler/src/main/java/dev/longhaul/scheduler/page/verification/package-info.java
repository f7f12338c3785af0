/**
 * What was read back, and what is due.
 */
@NullMarked
package dev.longhaul.scheduler.page.verification;

import org.jspecify.annotations.NullMarked;
