/**
 * The cluster's services, as something inside of it sees them: names that lead to pods.
 * <p>
 * The HTTP server of the JDK carries what pods answer, and Git's own program in the pod
 * answers.
 */
@NullMarked
package dev.longhaul.simulator.service;

import org.jspecify.annotations.NullMarked;
