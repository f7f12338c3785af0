/**
 * The command that runs one night and exits, and how it shows what happens.
 * <p>
 * Jackson's streaming core, for the document that {@code --output json} prints.
 */
@NullMarked
package dev.longhaul.scheduler.night;

import org.jspecify.annotations.NullMarked;
