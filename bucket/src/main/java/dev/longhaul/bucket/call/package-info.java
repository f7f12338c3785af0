/**
 * Calls of the S3 API as they arrive at an endpoint: what they are, what they cost, what
 * they carried.
 */
@NullMarked
package dev.longhaul.bucket.call;

import org.jspecify.annotations.NullMarked;
