/**
 * Where adapters meet ports, and the configuration that says which. The only place that
 * creates clocks.
 * <p>
 * Spring Boot binds the configuration and wires; H2 is the embedded database of runs;
 * SnakeYAML reads the configuration file.
 */
@NullMarked
package dev.longhaul.scheduler.wiring;

import org.jspecify.annotations.NullMarked;
