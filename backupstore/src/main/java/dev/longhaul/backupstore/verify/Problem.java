package dev.longhaul.backupstore.verify;

/**
 * One thing that is wrong.
 *
 * @param key of the object it is about
 */
public record Problem(ProblemKind kind, String key, String detail) {

}
