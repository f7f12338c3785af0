/**
 * What most commands have in common on their command lines.
 */
@NullMarked
package dev.longhaul.cli.option;

import org.jspecify.annotations.NullMarked;
