package dev.longhaul.cli.render;

import dev.longhaul.cli.terminal.Style;

/**
 * How a report is laid out.
 *
 * @param target the URL of the target, as it was given
 * @param width in columns; 0 if lines may have any length
 */
public record Page(String target, Style style, Times times, int width) {

}
