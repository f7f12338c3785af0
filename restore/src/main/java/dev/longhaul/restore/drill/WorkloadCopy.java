package dev.longhaul.restore.drill;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.longhaul.core.cluster.ThrowAwayNamespaces.Settings;
import dev.longhaul.core.cluster.ThrowAwayNamespaces.Settings.Kind;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.workload.Workload;

/**
 * A Deployment or StatefulSet that would be started a second time, elsewhere.
 */
final class WorkloadCopy {

	private static final String STATEFUL_SET = "StatefulSet";

	private static final String INSTANCE = "app.kubernetes.io/instance";

	/** What a pod may mount beside claims without touching its node or another server. */
	private static final Set<String> HARMLESS = Set.of("configMap", "secret", "emptyDir", "projected", "downwardAPI",
			"persistentVolumeClaim");

	/**
	 * @see <a href=
	 * "https://kubernetes.io/docs/concepts/security/pod-security-standards/">Pod Security
	 * Standards</a>
	 */
	private static final Set<String> USUAL_CAPABILITIES = Set.of("AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER",
			"FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT");

	private static final String NAME = "name";

	private final JsonObject object;

	private final JsonObject template;

	private final JsonObject pods;

	private final Set<String> claims;

	/**
	 * @param object as it is declared
	 * @param claims names of those that are restored
	 */
	WorkloadCopy(JsonObject object, Set<String> claims) {
		this.object = object;
		this.template = object.object("spec", "template").orElse(JsonObject.of(Map.of()));
		this.pods = template.object("spec").orElse(JsonObject.of(Map.of()));
		this.claims = claims;
	}

	static Workload.Kind kind(JsonObject workload) {
		return workload.text("kind").filter(STATEFUL_SET::equals).isPresent() ? Workload.Kind.STATEFUL_SET
				: Workload.Kind.DEPLOYMENT;
	}

	/**
	 * The application that it was deployed as; empty if it does not say.
	 */
	Optional<String> instance() {
		return object.text("metadata", "labels", INSTANCE);
	}

	boolean usesClaims() {
		return mounted().stream().anyMatch(claims::contains);
	}

	/** Names of the claims of its first pod. */
	private Set<String> mounted() {
		Set<String> mounted = new LinkedHashSet<>();
		pods.objects("volumes")
			.forEach(volume -> volume.text("persistentVolumeClaim", "claimName").ifPresent(mounted::add));
		object.objects("spec", "volumeClaimTemplates")
			.forEach(made -> made.text("metadata", NAME)
				.ifPresent(name -> mounted.add("%s-%s-0".formatted(name, name()))));
		return mounted;
	}

	/** Why it cannot be rehearsed; empty if it can. */
	Optional<String> obstacle() {
		if (object.number("spec", "replicas").orElse(1) == 0) {
			return Optional.of("it is scaled to zero");
		}
		Optional<String> node = Stream.of("hostNetwork", "hostPID", "hostIPC")
			.filter(field -> Boolean.TRUE.equals(pods.fields().get(field)))
			.findFirst()
			.map("it shares its node by '%s'"::formatted);
		return node.or(() -> containers().flatMap(container -> obstacle(container).stream()).findFirst())
			.or(this::strangeVolume)
			.or(this::strangeClaim);
	}

	/** What the Pod Security Standard {@code baseline} refuses of a container. */
	private static Optional<String> obstacle(JsonObject container) {
		String who = "its container '%s' ".formatted(name(container));
		if (container.object("securityContext")
			.filter(context -> Boolean.TRUE.equals(context.fields().get("privileged")))
			.isPresent()) {
			return Optional.of(who + "is privileged");
		}
		Optional<String> port = container.objects("ports")
			.stream()
			.filter(found -> found.number("hostPort").orElse(0) > 0)
			.findFirst()
			.map(found -> who + "takes port %d of its node".formatted(found.number("hostPort").orElse(0)));
		return port.or(() -> container.texts("securityContext", "capabilities", "add")
			.stream()
			.filter(capability -> !USUAL_CAPABILITIES.contains(capability))
			.findFirst()
			.map(capability -> who + "wants the capability '%s'".formatted(capability)));
	}

	private Optional<String> strangeVolume() {
		for (JsonObject volume : pods.objects("volumes")) {
			Set<String> kinds = new HashSet<>(volume.fields().keySet());
			kinds.remove(NAME);
			kinds.removeAll(HARMLESS);
			if (!kinds.isEmpty()) {
				return Optional.of("it mounts '%s' by '%s'".formatted(name(volume), kinds.iterator().next()));
			}
		}
		return Optional.empty();
	}

	/** It would get an empty one. */
	private Optional<String> strangeClaim() {
		return mounted().stream()
			.filter(claim -> !claims.contains(claim))
			.findFirst()
			.map("it mounts claim '%s', which is not in the restore point"::formatted);
	}

	/** Whether a Service leads to its pods. */
	boolean isChosenBy(JsonObject service) {
		Optional<JsonObject> selector = service.object("spec", "selector");
		Optional<JsonObject> labels = template.object("metadata", "labels");
		return selector.isPresent() && labels.isPresent() && !selector.get().fields().isEmpty()
				&& labels.get().fields().entrySet().containsAll(selector.get().fields().entrySet());
	}

	/** Those that its containers are given, are mounted, or open its registry. */
	Set<Settings> settings() {
		Set<Settings> settings = new LinkedHashSet<>();
		containers().forEach(container -> {
			container.objects("envFrom").forEach(from -> add(from, "configMapRef", "secretRef", settings));
			container.objects("env")
				.forEach(variable -> variable.object("valueFrom")
					.ifPresent(from -> add(from, "configMapKeyRef", "secretKeyRef", settings)));
		});
		for (JsonObject volume : pods.objects("volumes")) {
			volume.text("configMap", NAME).ifPresent(name -> settings.add(new Settings(Kind.CONFIG_MAP, name)));
			volume.text("secret", "secretName").ifPresent(name -> settings.add(new Settings(Kind.SECRET, name)));
			volume.objects("projected", "sources").forEach(source -> add(source, "configMap", "secret", settings));
		}
		pods.objects("imagePullSecrets").forEach(secret -> settings.add(new Settings(Kind.SECRET, name(secret))));
		return settings;
	}

	private static void add(JsonObject from, String configMap, String secret, Set<Settings> settings) {
		from.text(configMap, NAME).ifPresent(name -> settings.add(new Settings(Kind.CONFIG_MAP, name)));
		from.text(secret, NAME).ifPresent(name -> settings.add(new Settings(Kind.SECRET, name)));
	}

	private Stream<JsonObject> containers() {
		return Stream.concat(pods.objects("initContainers").stream(), pods.objects("containers").stream());
	}

	/**
	 * The copy: one pod, that speaks to nobody in the name of the original. A StatefulSet
	 * finds the claim of its first pod.
	 */
	JsonObject in(String namespace) {
		JsonObject harmless = pods.without("serviceAccountName")
			.without("serviceAccount")
			.without("nodeName")
			.with(false, "automountServiceAccountToken");
		JsonObject spec = object.object("spec")
			.orElseThrow()
			.with(1, "replicas")
			.with(harmless.fields(), "template", "spec");
		return named(object, namespace).with(spec.fields(), "spec");
	}

	/**
	 * Without its labels and annotations: Argo CD would take it for one of its own, and
	 * delete it or give up on the original.
	 */
	static JsonObject named(JsonObject object, String namespace) {
		Map<String, Object> copy = new TreeMap<>();
		copy.put("apiVersion", object.text("apiVersion").orElse(""));
		copy.put("kind", object.text("kind").orElse(""));
		copy.put("metadata", Map.of(NAME, object.text("metadata", NAME).orElse(""), "namespace", namespace));
		return JsonObject.of(copy);
	}

	private String name() {
		return object.text("metadata", NAME).orElse("");
	}

	private static String name(JsonObject named) {
		return named.text(NAME).orElse("");
	}

	/** For a sentence: {@code deployment 'wiki'}. */
	@Override
	public String toString() {
		return "%s '%s'".formatted(kind(object).word(), name());
	}

}
