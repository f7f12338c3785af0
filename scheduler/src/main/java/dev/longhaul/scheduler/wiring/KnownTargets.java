package dev.longhaul.scheduler.wiring;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.TargetVariables;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.scheduler.rest.TargetView;
import dev.longhaul.scheduler.wiring.LonghaulProperties.MirrorSettings;
import org.jspecify.annotations.Nullable;

/**
 * The targets of the configuration, by name: Longhorn's own, and its mirrors.
 */
final class KnownTargets {

	private final KnownTarget own;

	private final List<KnownTarget> mirrors;

	private KnownTargets(KnownTarget own, List<KnownTarget> mirrors) {
		this.own = own;
		this.mirrors = mirrors;
	}

	/**
	 * @throws RefusedRequest if a name is used twice, or two targets are not separate, or
	 * the credentials of one cannot be read
	 */
	static KnownTargets of(LonghaulProperties properties, Map<String, String> environment) {
		LonghaulProperties.TargetSettings target = properties.target();
		List<KnownTarget> all = new ArrayList<>();
		all.add(new KnownTarget(target.name(), TargetUrl.parse(target.url()), target.site(),
				variables(target.credentials(), "longhaul.target.credentials", environment)));
		for (MirrorSettings settings : properties.mirrors()) {
			KnownTarget mirror = new KnownTarget(settings.name(), TargetUrl.parse(settings.url()), settings.site(),
					variables(settings.credentials(), "longhaul.mirrors[].credentials", environment));
			for (KnownTarget other : all) {
				if (other.name().equals(mirror.name())) {
					throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
							"two targets are named '%s'".formatted(mirror.name()),
							"give each its own name: jobs know targets by it");
				}
				mirror.requireSeparate(other);
			}
			all.add(mirror);
		}
		return new KnownTargets(all.get(0), List.copyOf(all.subList(1, all.size())));
	}

	private static Map<String, String> variables(@Nullable Path credentials, String setting,
			Map<String, String> environment) {
		return TargetVariables.read(credentials, setting, environment);
	}

	/** What may be told of them, Longhorn's own first. */
	List<TargetView> views() {
		return Stream.concat(Stream.of(own.view("target")), mirrors.stream().map(mirror -> mirror.view("mirror")))
			.toList();
	}

	/** With which Longhorn's own is opened. */
	Map<String, Secret> ownCredentials() {
		return own.credentials();
	}

	/** Whether it is the one that Longhorn writes to, and nights record in. */
	boolean isOwn(KnownTarget target) {
		return target == own;
	}

	/**
	 * @throws RefusedRequest if it is none of the configuration
	 */
	KnownTarget source(String name) {
		return own.name().equals(name) ? own : destination(name);
	}

	/**
	 * @throws RefusedRequest if it is no mirror of the configuration
	 */
	KnownTarget destination(String name) {
		if (own.name().equals(name)) {
			throw new RefusedRequest(FailureCode.INVALID_DEFINITION,
					"a mirror may not write to '%s', where Longhorn writes its backups".formatted(name),
					"name one of longhaul.mirrors");
		}
		return mirrors.stream()
			.filter(mirror -> mirror.name().equals(name))
			.findFirst()
			.orElseThrow(() -> unknown(name));
	}

	private RefusedRequest unknown(String name) {
		String known = mirrors.stream().map(mirror -> "'" + mirror.name() + "'").collect(Collectors.joining(", "));
		return new RefusedRequest(FailureCode.INVALID_DEFINITION,
				"there is no target '%s' in the configuration".formatted(name),
				"Longhorn's own is '%s', and longhaul.mirrors names %s".formatted(own.name(),
						known.isEmpty() ? "none" : known));
	}

}
