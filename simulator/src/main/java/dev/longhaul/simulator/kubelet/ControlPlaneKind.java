package dev.longhaul.simulator.kubelet;

/**
 * What kind of API the kubelet plays its part for.
 */
public enum ControlPlaneKind {

	/**
	 * A real kube-apiserver: binds pods to nodes, and keeps a deleted pod until its
	 * kubelet says that it has stopped.
	 */
	KUBERNETES,

	/**
	 * fabric8's CRUD mock server: knows neither, so the kubelet writes the node into the
	 * pod itself, and holds a deleted pod back with a finalizer.
	 */
	MOCK

}
