/**
 * The demo: the real programs, run as a user runs them, against an embedded cluster and
 * bucket.
 * <p>
 * sqlite-jdbc, because the demo's Vaultwarden has a real SQLite database.
 */
@NullMarked
package dev.longhaul.simulator.demo;

import org.jspecify.annotations.NullMarked;
