/**
 * What can be asked of the audit log from the command line.
 */
@NullMarked
package dev.longhaul.scheduler.audit;

import org.jspecify.annotations.NullMarked;
