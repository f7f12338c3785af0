/**
 * What Backblaze B2 does differently from other S3 endpoints, in front of one that does
 * not. Vert.x, because it forwards bytes and headers unchanged without holding a thread
 * or a body, and lets a fault reach down to the connection; Netty's channel under it is
 * needed to reset one.
 */
@NullMarked
package dev.longhaul.bucket.b2;

import org.jspecify.annotations.NullMarked;
