/**
 * Connections to a Kubernetes API, from a kubeconfig or from inside a pod, bounded in
 * time and size.
 * <p>
 * kubernetes-httpclient-jdk: of fabric8's HTTP clients the only one without libraries of
 * its own (Vert.x brings 9 MB, OkHttp 4 MB); measured, the first answer comes equally
 * fast from all three.
 */
@NullMarked
package dev.longhaul.longhorn.connection;

import org.jspecify.annotations.NullMarked;
