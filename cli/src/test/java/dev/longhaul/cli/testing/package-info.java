/**
 * What the tests of the command line share.
 */
@NullMarked
package dev.longhaul.cli.testing;

import org.jspecify.annotations.NullMarked;
