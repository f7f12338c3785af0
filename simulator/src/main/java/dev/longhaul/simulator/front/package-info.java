/**
 * The one API server a client of the simulated cluster sees: it hands requests on to the
 * Kubernetes API behind it, answers the kubelet's part of a pod itself, and fails on
 * demand.
 * <p>
 * Vert.x is the HTTP and WebSocket server because fabric8's mock server already brings
 * it; vertx-http-proxy hands requests on with streaming and back-pressure.
 */
@NullMarked
package dev.longhaul.simulator.front;

import org.jspecify.annotations.NullMarked;
