package dev.longhaul.gitops.drift;

import dev.longhaul.gitops.form.Position;
import org.jspecify.annotations.Nullable;

/**
 * One difference.
 *
 * @param subject what it is about: {@code RecurringJob 'hourly'}
 * @param fact what was seen, with its values
 * @param reason why it matters, or does not, and what to do
 * @param position where the definition stands that it is about; null if there is none or
 * its file was not at hand
 */
public record Finding(DriftKind kind, String subject, String fact, String reason, @Nullable Position position) {

}
