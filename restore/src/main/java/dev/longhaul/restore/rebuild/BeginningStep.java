package dev.longhaul.restore.rebuild;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.cluster.RestoreCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.secret.NamedSecret;
import dev.longhaul.core.time.Pause;
import dev.longhaul.restore.bootstrap.Bootstrap;
import dev.longhaul.restore.bootstrap.ChartRelease;
import dev.longhaul.restore.bootstrap.ObjectName;
import dev.longhaul.restore.kit.Kit;
import dev.longhaul.restore.plan.PlannedDeployment;
import dev.longhaul.restore.run.RestoreJournal;
import dev.longhaul.restore.run.RestoreListener;

/**
 * Gives a cluster what it begins with: Argo CD, and of the kit what is not there.
 */
final class BeginningStep {

	private final PlannedDeployment planned;

	private final Kit kit;

	private final Deployer deployer;

	private final RestoreCluster cluster;

	private final RebuildSettings settings;

	private final RestoreJournal journal;

	private final RestoreListener listener;

	private final Clock clock;

	private final Pause pause;

	BeginningStep(PlannedDeployment planned, Kit kit, Deployer deployer, RestoreCluster cluster,
			RebuildSettings settings, RestoreJournal journal, RestoreListener listener, Clock clock, Pause pause) {
		this.planned = planned;
		this.kit = kit;
		this.deployer = deployer;
		this.cluster = cluster;
		this.settings = settings;
		this.journal = journal;
		this.listener = listener;
		this.clock = clock;
		this.pause = pause;
	}

	/**
	 * @throws RefusedRequest if it is not there, and the kit does not say how to install
	 * it
	 */
	void bringArgoCd() {
		if (deployer.applications().list().isPresent()) {
			return;
		}
		ChartRelease release = kit.bootstrap()
			.argoRelease()
			.orElseThrow(() -> new RefusedRequest(FailureCode.PREFLIGHT_FAILED,
					"Argo CD is not in the cluster, and kit %s does not say which version it had"
						.formatted(planned.kit()),
					"install it: helm install argocd argo-cd --repo %s --namespace %s --create-namespace"
						.formatted(ChartRelease.ARGO_REPOSITORY, planned.namespace())));
		deployer.charts().install(release);
		journal.record(clock.instant(), "argo-cd-installed", release.chart() + " " + release.version());
		if (settings.arrival().await(clock, pause, "Argo CD to be at work", deployer.applications()::list).isEmpty()) {
			throw late("Argo CD was installed, and does not know what an Application is",
					"look at its pods: kubectl -n %s get pods".formatted(release.namespace()));
		}
	}

	/** Namespaces first, then Secrets, and Applications when all they need is there. */
	void create() {
		Bootstrap bootstrap = kit.bootstrap();
		List<JsonObject> applications = bootstrap.objects().stream().filter(BeginningStep::isApplication).toList();
		bootstrap.objects().stream().filter(object -> !isApplication(object)).forEach(this::create);
		create(kit.credentialSecret());
		kit.secrets().forEach(this::create);
		applications.forEach(this::create);
	}

	private static boolean isApplication(JsonObject object) {
		return object.text("kind").equals(Optional.of("Application"));
	}

	private void create(JsonObject object) {
		String name = ObjectName.of(object).toString();
		if (deployer.objects().create(PausedForm.of(object))) {
			journal.record(clock.instant(), "object-made", name);
		}
		else {
			listener.told(name, "is there already, and stays as it is");
		}
	}

	private void create(NamedSecret secret) {
		if (secret.data().isEmpty()) {
			return;
		}
		deployer.objects()
			.create(JsonObject.of(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata",
					Map.of("name", secret.ref().namespace()))));
		if (deployer.objects().create(secret)) {
			journal.record(clock.instant(), "secret-made", secret.ref().toString());
		}
		else {
			listener.told("Secret " + secret.ref(), "is there already, and stays as it is");
		}
	}

	/** Longhorn has come when there is a node to restore to. */
	void awaitLonghorn() {
		boolean came = settings.arrival()
			.await(clock, pause, "Longhorn to be at work",
					() -> Optional.of(cluster.isServed() && !cluster.storageNodes().isEmpty())
						.filter(Boolean::booleanValue))
			.isPresent();
		if (!came) {
			throw late("Longhorn was synced, and has no node that is ready",
					"look at its pods: kubectl -n %s get pods".formatted(kit.longhorn().namespace()));
		}
	}

	private TransientFailure late(String fact, String hint) {
		return new TransientFailure(FailureCode.TIMED_OUT, "%s after %s".formatted(fact, settings.arrival().limit()),
				hint + "; another run of the same plan goes on");
	}

}
