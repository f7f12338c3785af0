/**
 * Commands that ask a server of Longhaul, or have it do something.
 */
@NullMarked
package dev.longhaul.cli.remote;

import org.jspecify.annotations.NullMarked;
