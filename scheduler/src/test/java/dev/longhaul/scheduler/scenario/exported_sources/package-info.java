/**
 * Exports that are not printed by commands: an application's objects and the repository
 * that declares it.
 */
@NullMarked
package dev.longhaul.scheduler.scenario.exported_sources;

import org.jspecify.annotations.NullMarked;
