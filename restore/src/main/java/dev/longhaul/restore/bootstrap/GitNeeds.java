package dev.longhaul.restore.bootstrap;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.longhaul.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Which Applications can be synced only once the Git server is back, because it is in the
 * cluster that they begin, or the one the cluster is deployed from.
 */
public final class GitNeeds {

	private final Set<String> namespaces = new HashSet<>();

	private final Optional<String> host;

	private GitNeeds(Bootstrap bootstrap, @Nullable String repository) {
		this.host = Optional.ofNullable(repository).flatMap(GitNeeds::host);
		for (JsonObject object : bootstrap.objects()) {
			object.text("spec", "destination", "namespace").ifPresent(namespaces::add);
			if (BeginningKind.of(object).filter(kind -> kind == BeginningKind.NAMESPACE).isPresent()) {
				object.text("metadata", "name").ifPresent(namespaces::add);
			}
		}
	}

	/**
	 * Those that wait. The app-of-apps is none of them: it makes Applications in Argo
	 * CD's own namespace, and everybody knows that it comes last.
	 * @param repository that the cluster is deployed from, as the kit has it; may be null
	 */
	public static List<ObjectName> waiting(Bootstrap bootstrap, @Nullable String repository) {
		GitNeeds needs = new GitNeeds(bootstrap, repository);
		return bootstrap.objects()
			.stream()
			.filter(object -> ObjectName.of(object).kind() == BeginningKind.APPLICATION)
			.filter(needs::isOnlyFromGit)
			.filter(object -> !isAppOfApps(object))
			.map(ObjectName::of)
			.toList();
	}

	private static boolean isAppOfApps(JsonObject application) {
		return application.text("spec", "destination", "namespace").equals(application.text("metadata", "namespace"));
	}

	private boolean isOnlyFromGit(JsonObject application) {
		List<JsonObject> sources = Stream
			.concat(application.object("spec", "source").stream(), sources(application.object("spec")))
			.toList();
		return !sources.isEmpty() && sources.stream().allMatch(this::isLost);
	}

	private static Stream<JsonObject> sources(Optional<JsonObject> spec) {
		return (spec.isPresent() && spec.get().fields().get("sources") instanceof List<?> list) ? list.stream()
			.filter(Map.class::isInstance)
			.map(source -> new JsonObject(new TreeMap<>(asFields((Map<?, ?>) source)))) : Stream.empty();
	}

	@SuppressWarnings("unchecked") // what is in an object of JSON has texts as keys
	private static Map<String, Object> asFields(Map<?, ?> source) {
		return (Map<String, Object>) source;
	}

	private boolean isLost(JsonObject source) {
		Optional<String> from = source.text("repoURL").flatMap(GitNeeds::host);
		return source.text("chart").isEmpty() && from.isPresent() && (from.equals(host) || isInCluster(from.get()));
	}

	/** As a service of Kubernetes is called: {@code gitea-http.gitea}. */
	private boolean isInCluster(String name) {
		String[] labels = name.split("\\.", -1);
		return labels.length == 1 || name.endsWith(".svc") || name.endsWith(".cluster.local")
				|| (labels.length == 2 && namespaces.contains(labels[1]));
	}

	/** Also of SSH's short form, {@code git@host:path}. */
	private static Optional<String> host(String url) {
		try {
			if (url.contains("://")) {
				return Optional.ofNullable(URI.create(url).getHost()).map(name -> name.toLowerCase(Locale.ROOT));
			}
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
		int colon = url.indexOf(':');
		return (colon > 0) ? Optional.of(url.substring(url.indexOf('@') + 1, colon).toLowerCase(Locale.ROOT))
				: Optional.empty();
	}

}
