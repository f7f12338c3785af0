/**
 * An S3 endpoint inside the JVM: S3Proxy, because it speaks S3 over real HTTP, refuses
 * wrong credentials and keeps objects as plain files.
 */
@NullMarked
package dev.longhaul.bucket;

import org.jspecify.annotations.NullMarked;
