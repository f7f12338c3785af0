package dev.longhaul.backupstore.pipeline;

import java.util.Set;

import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.CompressionMethod;

/**
 * A block to be fetched.
 *
 * @param number by which the caller knows it
 * @param declared the compression methods that the backups using it name
 */
public record WantedBlock(int number, Checksum checksum, Set<CompressionMethod> declared) {

}
