/**
 * Longhorn's custom resources, generated from {@code src/main/crds}; every getter may
 * return null, because Longhorn writes null for empty maps and lists.
 * <p>
 * The schemas list what Longhaul and its simulator touch and keep every other field.
 * Words and times are plain strings, so that a word Longhorn adds later still reads.
 * Strings are nullable because some API servers (seen with a 1.20.2 built by a newer Go)
 * take the empty string for null, and Longhorn writes the empty string for unset.
 * <p>
 * generator-annotations: the two markers the generator puts on nullable and required
 * fields.
 */
@NullUnmarked
package dev.longhaul.longhorn.crd;

import org.jspecify.annotations.NullUnmarked;
