/**
 * The server's database: where it is, and its tables.
 * <p>
 * H2 is the embedded one; with a PostgreSQL, HikariCP keeps the connections to it. Flyway
 * brings the tables of any earlier version up to date.
 */
@NullMarked
package dev.longhaul.scheduler.database;

import org.jspecify.annotations.NullMarked;
