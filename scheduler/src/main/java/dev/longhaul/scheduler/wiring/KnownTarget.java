package dev.longhaul.scheduler.wiring;

import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.mirror.Side;
import dev.longhaul.backupstore.target.SeparatePlaces;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.core.kit.KitRecord;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.scheduler.metric.StoreMeters;
import dev.longhaul.scheduler.rest.TargetView;
import org.jspecify.annotations.Nullable;

/**
 * A target of the configuration. Not a record: its variables are secrets, and never
 * printed.
 */
final class KnownTarget {

	private final String name;

	private final TargetUrl url;

	private final @Nullable String site;

	private final Map<String, String> variables;

	/**
	 * @param site in the user's words; null if not declared
	 * @param variables by Longhorn's names
	 */
	KnownTarget(String name, TargetUrl url, @Nullable String site, Map<String, String> variables) {
		this.name = name;
		this.url = url;
		this.site = site;
		this.variables = Map.copyOf(variables);
	}

	String name() {
		return name;
	}

	TargetUrl url() {
		return url;
	}

	String medium() {
		return (url instanceof TargetUrl.S3) ? "object storage" : "file system";
	}

	/**
	 * @param role as {@link TargetView} has it
	 */
	TargetView view(String role) {
		return new TargetView(name, role, url.toString(), medium(), site);
	}

	@Nullable String site() {
		return site;
	}

	/** Those that a recovery kit is compared by: the environment holds more. */
	Map<String, Secret> credentials() {
		return KitRecord.PRINTED.stream()
			.filter(variables::containsKey)
			.collect(Collectors.toMap(name -> name, name -> Secret.of(variables.getOrDefault(name, ""))));
	}

	/**
	 * @throws dev.longhaul.core.failure.RefusedRequest if they are the same place, or one
	 * lies in the other
	 */
	void requireSeparate(KnownTarget other) {
		SeparatePlaces.require(url, variables, other.url, other.variables);
	}

	/** Opens it; its store is closed by the caller. */
	Side open(Clock clock, StoreMeters meters) {
		return new Side(Targets.open(url, variables, clock, meters.of(name)), new BackupstoreLayout(url.path()));
	}

}
