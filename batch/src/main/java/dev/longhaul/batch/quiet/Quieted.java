package dev.longhaul.batch.quiet;

import dev.longhaul.core.application.QuietWindow;
import org.jspecify.annotations.Nullable;

/**
 * What was done in a window.
 *
 * @param window as it was measured; null where nothing was made quiet
 */
public record Quieted<T>(T result, @Nullable QuietWindow window) {

}
