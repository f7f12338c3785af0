/**
 * Reads YAML strictly, with the place of every mistake, and describes what it reads as
 * JSON Schema, both from one declaration. Libraries that bind YAML to objects know the
 * place of a mistake in the syntax, not that of a wrong value, and stop at the first.
 * <p>
 * snakeyaml-engine: YAML 1.2, whose tree of nodes knows where each stands in the file.
 */
@NullMarked
package dev.longhaul.gitops.form;

import org.jspecify.annotations.NullMarked;
