@NullMarked
package dev.longhaul.restore.replace;

import org.jspecify.annotations.NullMarked;
