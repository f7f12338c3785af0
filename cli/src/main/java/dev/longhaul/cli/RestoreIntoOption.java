package dev.longhaul.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.cli.RestoreBucketOption.BucketKey;
import dev.longhaul.cli.RestoreSourceOption.OpenedKit;
import dev.longhaul.cli.RestoreSourceOption.Source;
import dev.longhaul.cli.terminal.Prompt;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.cluster.TargetCredentials;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.restore.bootstrap.ChartInstaller;
import dev.longhaul.restore.bucket.SourceBucket;
import dev.longhaul.restore.plan.PlanJson;
import dev.longhaul.restore.plan.PlannedDeployment;
import dev.longhaul.restore.plan.RestorePlan;
import dev.longhaul.restore.run.RestoreSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The cluster that a plan is carried out in, and what opens the plan's bucket meanwhile.
 */
final class RestoreIntoOption {

	private static final String OF_BUCKETS = "AWS_";

	private static final String KEY_ID = "AWS_ACCESS_KEY_ID";

	@Option(names = "--kit", paramLabel = "FILE",
			description = "The recovery kit: what opens the bucket, and for a whole cluster all that is needed.")
	private @Nullable Path kit;

	@Mixin
	private final KitKeyOption key = new KitKeyOption();

	@Mixin
	private final RestoreBucketOption bucket = new RestoreBucketOption();

	@Mixin
	private final TrustOption trust = new TrustOption();

	@Mixin
	private final ClusterOption cluster = new ClusterOption();

	@Option(names = "--on-conflict", paramLabel = "WHAT", defaultValue = "refuse",
			description = "If something stands where something would be restored: ${COMPLETION-CANDIDATES}. "
					+ "Default: ${DEFAULT-VALUE}.")
	private Conflict conflict = Conflict.refuse;

	@Option(names = "--backup-target", paramLabel = "NAME",
			description = "The cluster's name of the plan's bucket, if it reaches it by another URL.")
	private @Nullable String backupTarget;

	/** What is done then; the names are what is typed. */
	enum Conflict {

		/** Nothing is begun. */
		refuse,

		/** It stays, and the rest is restored. */
		skip

	}

	/** Something that is done in the cluster. */
	@FunctionalInterface
	interface Work<T> {

		T in(LonghornConnection there, RestoreSettings settings);

	}

	/** Null if no kit is named. */
	@Nullable Source source(Surroundings surroundings, Prompt prompt) {
		return (kit != null) ? RestoreSourceOption.opened(kit, key, trust, surroundings, prompt) : null;
	}

	/**
	 * The kit's, or a bucket with the credentials of the environment.
	 * @param target null for the kit's
	 * @throws RefusedRequest if neither or both are named
	 */
	Source source(@Nullable TargetUrl target, Surroundings surroundings, Prompt prompt) {
		if ((target == null) == (kit == null)) {
			throw RestoreSourceOption.notOne(target);
		}
		return (target != null) ? new Source(target, surroundings.environment(), trust.seal(), null)
				: RestoreSourceOption.opened(kit, key, trust, surroundings, prompt);
	}

	/**
	 * @throws RefusedRequest if there is no plan in the file, or it was changed
	 */
	static RestorePlan plan(Path file) {
		return PlanJson.read(read(file), "'%s'".formatted(file));
	}

	/**
	 * One that has to do with volumes and claims alone.
	 * @throws RefusedRequest if there is no plan in the file, or it rebuilds a whole
	 * cluster
	 */
	static RestorePlan ofVolumes(@Nullable Path file) {
		RestorePlan planned = plan(Objects.requireNonNull(file));
		if (planned.deployment() != null) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"the plan in '%s' rebuilds a whole cluster, of which nothing can stand by but volumes".formatted(
							file),
					"make it with 'longhaul restore plan --volumes-only', or of one --application");
		}
		return planned;
	}

	/**
	 * @throws RefusedRequest if the plan is of another bucket than the kit, or was made
	 * with another kit
	 */
	static void requireSame(RestorePlan planned, Source source) {
		OpenedKit opened = Objects.requireNonNull(source.kit());
		opened.kit().requireOf(TargetUrl.parse(planned.target()));
		PlannedDeployment deployment = planned.deployment();
		if (deployment != null && !deployment.kit().equals(opened.id())) {
			throw new RefusedRequest(FailureCode.KIT_REFUSED,
					"the plan was made with kit %s, and this is kit %s".formatted(deployment.kit(), opened.id()),
					"give the kit that the plan was made with, or make the plan anew with this one");
		}
	}

	/**
	 * Connects to the cluster and opens the plan's bucket, as far as there is a key to
	 * it, lets something be done and closes both, whatever happens.
	 * @throws RefusedRequest if no cluster is named
	 */
	<T> T with(RestorePlan planned, @Nullable Source source, Surroundings surroundings, TargetOpener targets,
			Work<T> work) {
		BucketKey found = key(planned, source, surroundings);
		try (LonghornConnection there = connect(surroundings)) {
			return bucket.with(TargetUrl.parse(planned.target()), found, surroundings, targets,
					mending -> work.in(there, settings(found, mending)));
		}
	}

	/**
	 * @param local instead of what a repository has; null for that
	 */
	ChartInstaller charts(@Nullable Path local, Surroundings surroundings) {
		return cluster.charts(local, surroundings);
	}

	LonghornConnection connect(Surroundings surroundings) {
		return cluster.open(surroundings)
			.orElseThrow(() -> new RefusedRequest(FailureCode.INVALID_USAGE,
					"nothing says which cluster is restored into", "name its kubeconfig with --kubeconfig"));
	}

	private RestoreSettings settings(@Nullable BucketKey found, SourceBucket mending) {
		return new RestoreSettings(conflict == Conflict.skip, backupTarget, credentials(found), RestoreSettings.LOOKS,
				RestoreSettings.STANDSTILL, RestoreSettings.LOST_NODE, RestoreSettings.ATTEMPTS, mending);
	}

	private static @Nullable TargetCredentials credentials(@Nullable BucketKey found) {
		Map<String, String> variables = new TreeMap<>((found != null) ? found.variables() : Map.of());
		variables.keySet().removeIf(name -> !name.startsWith(OF_BUCKETS));
		return variables.containsKey(KEY_ID) ? new TargetCredentials(variables) : null;
	}

	/** Null if nothing opens the bucket. */
	private @Nullable BucketKey key(RestorePlan planned, @Nullable Source source, Surroundings surroundings) {
		if (source != null) {
			return new BucketKey(source.variables(), source.seal(), "--kit " + kit);
		}
		TargetUrl url = TargetUrl.parse(planned.target());
		Map<String, String> variables = surroundings.environment();
		boolean opens = url instanceof TargetUrl.Directory || variables.containsKey(KEY_ID);
		return opens ? new BucketKey(variables, trust.seal(), "--target " + url + trusted()) : null;
	}

	private String trusted() {
		return trust.files().stream().map(file -> " --trust " + file).collect(Collectors.joining());
	}

	private static byte[] read(Path plan) {
		try (InputStream in = Files.newInputStream(plan)) {
			return in.readNBytes(JsonDocument.MAX_BYTES + 1);
		}
		catch (NoSuchFileException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "there is no file '%s'".formatted(plan),
					"'longhaul restore plan --output json > %s' makes one".formatted(plan), ex);
		}
		catch (IOException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"'%s' cannot be read: %s".formatted(plan, ex.getMessage()), "check its path and permissions", ex);
		}
	}

}
