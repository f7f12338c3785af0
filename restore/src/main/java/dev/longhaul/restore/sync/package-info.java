/**
 * Argo CD, kept from working against what is restored.
 */
@NullMarked
package dev.longhaul.restore.sync;

import org.jspecify.annotations.NullMarked;
