/**
 * Every execution of a job: begun, watched, told to stop, ended, and remembered.
 * <p>
 * spring-jdbc, to keep the records in the server's database.
 */
@NullMarked
package dev.longhaul.scheduler.run;

import org.jspecify.annotations.NullMarked;
