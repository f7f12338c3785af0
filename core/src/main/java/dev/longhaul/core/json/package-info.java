/**
 * What others declared, as it is kept: objects of JSON, without a library that reads or
 * writes them.
 */
@NullMarked
package dev.longhaul.core.json;

import org.jspecify.annotations.NullMarked;
