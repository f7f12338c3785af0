/**
 * An object store in a bucket that speaks S3, Backblaze B2 first. The AWS SDK for Java,
 * because signing and the protocol are not ours to write; Apache's HTTP client under it,
 * for the reasons in {@code docs/decisions/0004-the-http-client-of-the-bucket.md}. No
 * other package knows either.
 * <p>
 * Everything the client does comes from {@link dev.longhaul.backupstore.s3.S3Settings}:
 * no environment variable, system property, profile file or metadata service is asked.
 */
@NullMarked
package dev.longhaul.backupstore.s3;

import org.jspecify.annotations.NullMarked;
