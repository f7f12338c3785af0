package dev.longhaul.restore.bootstrap;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.longhaul.core.json.JsonObject;

/**
 * The kinds of objects that a cluster is begun with, in the order they are created. There
 * are few on purpose: whatever runs, or grants rights, is Argo CD's to bring, which shows
 * it, compares it with Git and takes it away again.
 */
public enum BeginningKind {

	/** Where everything else is. */
	NAMESPACE("v1", "Namespace", false),
	/** What volumes are made by. */
	STORAGE_CLASS("storage.k8s.io/v1", "StorageClass", false),
	/** Of Argo CD, for most. */
	CONFIG_MAP("v1", "ConfigMap", true),
	/** What Applications belong to. */
	APP_PROJECT("argoproj.io/v1alpha1", "AppProject", true),
	/** What Argo CD deploys. */
	APPLICATION("argoproj.io/v1alpha1", "Application", true);

	private final String apiVersion;

	private final String kind;

	private final boolean namespaced;

	BeginningKind(String apiVersion, String kind, boolean namespaced) {
		this.apiVersion = apiVersion;
		this.kind = kind;
		this.namespaced = namespaced;
	}

	/** Whether an object of it is in a namespace. */
	public boolean isNamespaced() {
		return namespaced;
	}

	/** As Kubernetes calls it. */
	public String kind() {
		return kind;
	}

	/**
	 * @return empty if no cluster is begun with such an object
	 */
	public static Optional<BeginningKind> of(JsonObject object) {
		String apiVersion = object.text("apiVersion").orElse("");
		String kind = object.text("kind").orElse("");
		return Arrays.stream(values())
			.filter(each -> each.apiVersion.equals(apiVersion) && each.kind.equals(kind))
			.findFirst();
	}

	/** For people: all of them, as Kubernetes calls them. */
	public static String all() {
		return Arrays.stream(values()).map(BeginningKind::kind).collect(Collectors.joining(", "));
	}

}
