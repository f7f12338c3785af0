/**
 * Runs as traces, for whoever looks at those of all their programs in one place.
 * <p>
 * OpenTelemetry's SDK makes and sends them: its batches never hold up who makes a span.
 * It sends with the JDK's client, which is there anyway.
 */
@NullMarked
package dev.longhaul.scheduler.trace;

import org.jspecify.annotations.NullMarked;
