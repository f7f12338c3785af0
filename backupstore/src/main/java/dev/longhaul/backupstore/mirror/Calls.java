package dev.longhaul.backupstore.mirror;

/**
 * Calls that one side was asked for, without attempts that failed and were repeated.
 * Object stores bill them apart: Backblaze lists as class C, reads as class B, and takes
 * writes and deletions for nothing.
 *
 * @param writes an export counts as one, however many parts it has
 * @param deletions of nothing but our own locks
 */
public record Calls(long lists, long reads, long writes, long deletions) {

}
