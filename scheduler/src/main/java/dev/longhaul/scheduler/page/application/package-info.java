/**
 * One application: its restore points, volumes and quiet windows.
 */
@NullMarked
package dev.longhaul.scheduler.page.application;

import org.jspecify.annotations.NullMarked;
