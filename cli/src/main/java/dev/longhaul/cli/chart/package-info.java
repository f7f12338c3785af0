/**
 * Helm: charts are rendered, and brought into a cluster.
 * <p>
 * helm-java, which is Helm itself as a native library: what comes out is what comes out
 * of Helm, and no program has to be there on the day of a restore. It is 32 MB of the
 * program's jar and 98 MB when it is unpacked, so it is loaded only when it is needed,
 * and in a process of its own ({@link HelmProcess}): Helm takes the signals of its
 * process for itself, cannot be stopped in the middle of a template, and keeps its
 * settings in the environment.
 */
@NullMarked
package dev.longhaul.cli.chart;

import org.jspecify.annotations.NullMarked;
