package dev.longhaul.longhorn.connection;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.jspecify.annotations.Nullable;

/**
 * One context of a kubeconfig file, checked. The file decides where the credentials go
 * and may name programs to run, so whatever is not understood here is refused, never
 * ignored.
 */
final class Kubeconfig {

	private final Path file;

	private final Cluster cluster;

	private final AuthInfo user;

	private Kubeconfig(Path file, Cluster cluster, AuthInfo user) {
		this.file = file;
		this.cluster = cluster;
		this.user = user;
	}

	/**
	 * @param contextName null for the file's current context
	 * @throws RefusedRequest if the file cannot be read or asks for what is not supported
	 */
	static Kubeconfig read(Path file, @Nullable String contextName) {
		Config config = parse(file, BoundedFile.read("kubeconfig", file));
		String chosen = (contextName != null) ? contextName : config.getCurrentContext();
		if (chosen == null || chosen.isBlank()) {
			throw refused(file, "has no current context", "name one");
		}
		Context context = named("context", chosen, file, config.getContexts(), NamedContext::getName,
				NamedContext::getContext);
		Cluster cluster = named("cluster", context.getCluster(), file, config.getClusters(), NamedCluster::getName,
				NamedCluster::getCluster);
		AuthInfo user = named("user", context.getUser(), file, config.getUsers(), NamedAuthInfo::getName,
				NamedAuthInfo::getUser);
		requireSupported(file, cluster, user);
		return new Kubeconfig(file, cluster, user);
	}

	Path file() {
		return file;
	}

	String server() {
		return cluster.getServer();
	}

	AuthInfo user() {
		return user;
	}

	byte @Nullable [] certificateAuthority() {
		return material("certificate authority", cluster.getCertificateAuthorityData(),
				cluster.getCertificateAuthority());
	}

	byte @Nullable [] clientCertificate() {
		return material("client certificate", user.getClientCertificateData(), user.getClientCertificate());
	}

	byte @Nullable [] clientKey() {
		return material("client key", user.getClientKeyData(), user.getClientKey());
	}

	/** A path in the file is relative to the file's directory. */
	Path resolve(String path) {
		return file.toAbsolutePath().resolveSibling(path).normalize();
	}

	private byte @Nullable [] material(String what, @Nullable String base64, @Nullable String path) {
		if (base64 != null && !base64.isBlank()) {
			try {
				return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
			}
			catch (IllegalArgumentException ex) {
				throw refused(file, "has a " + what + " that is not base64", "write it again");
			}
		}
		return (path != null && !path.isBlank()) ? BoundedFile.read(what, resolve(path)) : null;
	}

	private static Config parse(Path file, byte[] content) {
		try {
			Config config = new KubernetesSerialization().unmarshal(new ByteArrayInputStream(content), Config.class);
			return Objects.requireNonNull(config, "empty");
		}
		catch (RuntimeException ex) {
			// The parser's message may quote the file, and the file holds credentials.
			throw refused(file, "is no kubeconfig: " + ex.getClass().getSimpleName(), "check it: kubectl config view");
		}
	}

	private static <N, T> T named(String kind, @Nullable String name, Path file, @Nullable List<N> all,
			Function<N, @Nullable String> nameOf, Function<N, @Nullable T> valueOf) {
		if (name != null && all != null) {
			for (N one : all) {
				T value = valueOf.apply(one);
				if (name.equals(nameOf.apply(one)) && value != null) {
					return value;
				}
			}
		}
		throw refused(file, "has no " + kind + " '" + name + "'", "check it: kubectl config view");
	}

	private static void requireSupported(Path file, Cluster cluster, AuthInfo user) {
		requireServer(file, cluster.getServer());
		if (Boolean.TRUE.equals(cluster.getInsecureSkipTlsVerify())) {
			throw refused(file, "says insecure-skip-tls-verify: the credentials would go to whoever answers",
					"put the cluster's certificate into certificate-authority-data instead");
		}
		requireUnset(file, "tls-server-name", cluster.getTlsServerName());
		requireUnset(file, "proxy-url", cluster.getProxyUrl());
		requireUnset(file, "auth-provider", user.getAuthProvider());
		requireUnset(file, "as", user.getAs());
		requireUnset(file, "as-uid", user.getAsUid());
		requireUnset(file, "as-groups", user.getAsGroups());
		requireUnset(file, "as-user-extra", user.getAsUserExtra());
	}

	private static void requireServer(Path file, @Nullable String server) {
		try {
			URI uri = URI.create(String.valueOf(server));
			boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
			if (http && uri.getHost() != null && uri.getUserInfo() == null) {
				return;
			}
		}
		catch (IllegalArgumentException ex) {
			throw refused(file, "has a server address that is no URL", "write https://host:port");
		}
		throw refused(file, "has the server address '" + server + "'", "write https://host:port");
	}

	private static void requireUnset(Path file, String field, @Nullable Object value) {
		boolean unset = value == null || value.toString().isEmpty() || "[]".equals(value.toString())
				|| "{}".equals(value.toString());
		if (!unset) {
			throw refused(file, "says " + field + ", which is not supported",
					"use a context with a token or a client certificate and without " + field);
		}
	}

	private static RefusedRequest refused(Path file, String fact, String hint) {
		return new RefusedRequest(FailureCode.INVALID_CONFIGURATION, "kubeconfig '" + file + "' " + fact, hint);
	}

}
