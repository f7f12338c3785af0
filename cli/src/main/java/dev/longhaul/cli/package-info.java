/**
 * The command line: one class per verb, and what all of them share. It works when
 * cluster, database and server are gone.
 * <p>
 * picocli, because usage, help, suggestions and completion of one command line are then
 * derived from one description of it.
 */
@NullMarked
package dev.longhaul.cli;

import org.jspecify.annotations.NullMarked;
