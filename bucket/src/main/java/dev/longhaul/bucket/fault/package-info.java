/**
 * Faults that a test scripts for an endpoint, and the account of which of them fired.
 */
@NullMarked
package dev.longhaul.bucket.fault;

import org.jspecify.annotations.NullMarked;
