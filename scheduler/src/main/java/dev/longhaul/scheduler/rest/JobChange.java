package dev.longhaul.scheduler.rest;

import org.jspecify.annotations.Nullable;

/**
 * How a job is to be declared.
 *
 * @param definition the whole document, in YAML, as it is to stand in Git
 * @param reason for whoever reads the history of the repository; null for none
 */
record JobChange(@Nullable String definition, @Nullable String reason) {

}
