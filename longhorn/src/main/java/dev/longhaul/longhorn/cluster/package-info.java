/**
 * Longhorn as the cluster port: what Longhorn writes is read without trust, and what goes
 * wrong becomes a failure a person can act on.
 * <p>
 * fabric8 kubernetes-client: the Kubernetes API with typed resources; jackson-databind:
 * the JSON it speaks.
 */
@NullMarked
package dev.longhaul.longhorn.cluster;

import org.jspecify.annotations.NullMarked;
