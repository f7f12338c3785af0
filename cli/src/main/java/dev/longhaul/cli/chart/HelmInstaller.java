package dev.longhaul.cli.chart;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import dev.longhaul.longhorn.connection.SelectedContext;
import dev.longhaul.restore.bootstrap.ChartInstaller;
import dev.longhaul.restore.bootstrap.ChartRelease;
import org.jspecify.annotations.Nullable;

/**
 * Installs charts with Helm. A release that is there stays as it is, whatever its
 * version; one that broke off is finished.
 */
public final class HelmInstaller implements ChartInstaller {

	/** Of Argo CD's chart on a slow line, with the image of its hook. */
	private static final Duration LIMIT = Duration.ofMinutes(15);

	/** What Helm, in Go, says of a network. */
	private static final Pattern NETWORK = Pattern
		.compile("connection refused|no such host|i/o timeout|no route to host|network is unreachable|connection reset"
				+ "|deadline exceeded|Client\\.Timeout|TLS handshake timeout|unexpected EOF|\\bEOF\\b"
				+ "|server misbehaving|50[0234] ");

	private final Path kubeconfig;

	private final @Nullable String context;

	private final @Nullable Path local;

	private final Clock clock;

	/**
	 * Reads nothing yet.
	 * @param context null for the file's current one
	 * @param local a directory or archive that is installed in the place of the chart in
	 * its repository; null to get it there
	 */
	public HelmInstaller(Path kubeconfig, @Nullable String context, @Nullable Path local, Clock clock) {
		this.kubeconfig = kubeconfig;
		this.context = context;
		this.local = local;
		this.clock = clock;
	}

	@Override
	public void install(ChartRelease release) {
		Redaction redaction = Redaction.of(List.of(release.values()));
		Secret cluster = SelectedContext.read(kubeconfig, context, CredentialPlugins.RUN, clock);
		HelmProcess.Outcome outcome = new HelmProcess(LIMIT).run(order(release, cluster));
		if (!outcome.inTime()) {
			throw new OutcomeUnknown(FailureCode.TIMED_OUT,
					"Helm has not installed %s within %d s".formatted(said(release), LIMIT.toSeconds()), look(release));
		}
		if (outcome.status() != 0) {
			HelmStep step = HelmStep.of(outcome.status())
				.orElseThrow(() -> new OutcomeUnknown(FailureCode.INTERNAL_ERROR,
						"Helm's process ended with status %d while %s was installed".formatted(outcome.status(),
								said(release)),
						look(release)));
			throw failure(release, step, outcome, redaction);
		}
	}

	private HelmOrder order(ChartRelease release, Secret cluster) {
		List<Secret> values = release.values().isBlank() ? List.of() : List.of(Secret.of(release.values()));
		return (local != null)
				? new HelmOrder(HelmOrder.Verb.INSTALL, release.name(), release.namespace(),
						local.toAbsolutePath().toString(), "", "", values, cluster)
				: new HelmOrder(HelmOrder.Verb.INSTALL, release.name(), release.namespace(), release.chart(),
						release.repository(), release.version(), values, cluster);
	}

	private LonghaulException failure(ChartRelease release, HelmStep step, HelmProcess.Outcome outcome,
			Redaction redaction) {
		String words = redaction.of(outcome.answer());
		boolean isNetwork = NETWORK.matcher(outcome.answer()).find();
		return switch (step) {
			case START, RENDER -> refused(outcome, said(release), redaction);
			case REPOSITORY, CHART -> chart(release, words, isNetwork);
			case CLUSTER -> isNetwork
					? new TransientFailure(FailureCode.CLUSTER_UNREACHABLE,
							"Helm does not reach the cluster: %s".formatted(words), "is it running? kubectl get nodes")
					: new RefusedRequest(FailureCode.CLUSTER_REFUSED,
							"the cluster refused to tell which releases of Helm it has: %s".formatted(words),
							"use a kubeconfig that may read and write everything, as k3s makes one");
			case PENDING -> new OutcomeUnknown(FailureCode.CLUSTER_REFUSED,
					"a release '%s' is there and %s: somebody is at it, or was killed".formatted(release.name(), words),
					"if nobody is, kubectl -n %s delete secret sh.helm.release.v1.%s.v1 and run this again; what is there is taken over"
						.formatted(release.namespace(), release.name()));
			case INSTALL -> isNetwork ? new OutcomeUnknown(FailureCode.CLUSTER_UNREACHABLE,
					"the cluster went away while %s was installed: %s".formatted(said(release), words), look(release))
					: new RefusedRequest(FailureCode.CLUSTER_REFUSED,
							"%s was not installed: %s".formatted(said(release), words), look(release));
		};
	}

	private LonghaulException chart(ChartRelease release, String words, boolean isNetwork) {
		if (local != null) {
			return new RefusedRequest(FailureCode.CHART_REFUSED, "'%s' is no chart: %s".formatted(local, words),
					"name a directory with a Chart.yaml, or an archive that 'helm pull' made");
		}
		return isNetwork
				? new TransientFailure(FailureCode.CHART_UNREACHABLE,
						"the charts of %s cannot be got: %s".formatted(release.repository(), words),
						"get it where there is a network, with helm pull %s --repo %s --version %s, and name the file"
							.formatted(release.chart(), release.repository(), release.version()))
				: new RefusedRequest(FailureCode.CHART_REFUSED,
						"%s is not to be had: %s".formatted(said(release), words),
						"helm show chart %s --repo %s shows what there is; or name a chart on this machine"
							.formatted(release.chart(), release.repository()));
	}

	/** For what has nothing to do with a cluster. */
	static RefusedRequest refused(HelmProcess.Outcome outcome, String what, Redaction redaction) {
		return (outcome.status() == HelmStep.RENDER.status())
				? new RefusedRequest(FailureCode.CHART_REFUSED,
						"Helm does not render %s: %s".formatted(what, redaction.of(outcome.answer())),
						"correct it; 'helm template' with the same values says the same")
				: new RefusedRequest(FailureCode.CHART_REFUSED,
						"Helm cannot work on this machine (status %d), so nothing is done about %s"
							.formatted(outcome.status(), what),
						"build Longhaul on a machine of this kind, or use the program helm: helm template, helm install");
	}

	private static String look(ChartRelease release) {
		return "look at it: helm -n %s status %s; running this again finishes what failed"
			.formatted(release.namespace(), release.name());
	}

	private static String said(ChartRelease release) {
		return "chart %s %s".formatted(release.chart(), release.version());
	}

}
