/**
 * What every controller is made of: a queue of names that are looked at again and again,
 * and a way to change objects without overwriting what somebody else changed.
 * <p>
 * fabric8's client, because it speaks to a real kube-apiserver and to its own mock alike.
 */
@NullMarked
package dev.longhaul.simulator.control;

import org.jspecify.annotations.NullMarked;
