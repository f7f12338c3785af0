package dev.longhaul.backupstore.object;

import java.time.Instant;

/**
 * An object as a listing or a look at its head reports it.
 *
 * @param size stored bytes
 * @param lastModified by the clock of the store
 */
public record ObjectInfo(String key, long size, Instant lastModified) {

}
