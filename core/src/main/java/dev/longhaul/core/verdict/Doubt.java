package dev.longhaul.core.verdict;

/**
 * A place of which nobody knows whether there is a copy now.
 *
 * @param reason for people
 */
public record Doubt(Place place, String reason) {

}
