package dev.longhaul.core.run;

import java.time.Instant;

/**
 * The last night of the same job, as a manifest knows it: who replaces that one by an
 * older version of it is found out.
 *
 * @param hash SHA-256 of its manifest in the bucket, in hexadecimal
 */
public record RunBefore(Instant scheduledFor, String hash) {

}
