package dev.longhaul.restore.choice;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.Night;

/**
 * A bundle of the repository that a night kept.
 *
 * @param application beside whose volumes it was kept
 */
public record KeptBundle(Night night, ApplicationName application, StoredExport export) {
}
