package dev.longhaul.longhorn.connection;

/**
 * Whether a kubeconfig may name a program to run for its credentials.
 */
public enum CredentialPlugins {

	/** A kubeconfig that names a program is refused and the program is not run. */
	REFUSED,

	/** The program is run, with the rights of this process. */
	RUN

}
