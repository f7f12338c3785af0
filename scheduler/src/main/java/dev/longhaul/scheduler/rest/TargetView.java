package dev.longhaul.scheduler.rest;

import org.jspecify.annotations.Nullable;

/**
 * A target as the configuration has it, without what opens it.
 *
 * @param role {@code target} for Longhorn's own, {@code mirror} for any other
 * @param site in the user's words; null if not declared
 */
public record TargetView(String name, String role, String url, String medium, @Nullable String site) {

}
