/**
 * Plays the kubelet of the simulated cluster, and for an API without controllers those of
 * workloads: pods run as processes of this machine on the live files of their volumes.
 * <p>
 * Linux only, with {@code unshare}, {@code nsenter} and {@code mount} (Debian's
 * util-linux and mount, on every Debian and Ubuntu): as root, or where the kernel lets
 * users have namespaces. Images are not run; the machine's own programs stand in.
 */
@NullMarked
package dev.longhaul.simulator.kubelet;

import org.jspecify.annotations.NullMarked;
