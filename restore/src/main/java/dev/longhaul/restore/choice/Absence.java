package dev.longhaul.restore.choice;

/**
 * Something that would not be restored.
 *
 * @param subject such as {@code volume 'pvc-1'}
 * @param why a fact with its values
 */
public record Absence(String subject, String why) {
}
