package dev.longhaul.simulator.argo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import dev.longhaul.simulator.control.ControlLoop;
import dev.longhaul.simulator.git.Repositories;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/**
 * Argo CD at work in a cluster, from when it is started until it is closed.
 */
public final class ArgoCd implements AutoCloseable {

	/** Where it is installed, and looks for applications. */
	public static final String NAMESPACE = "argocd";

	/** Some hundred times as often as Argo CD asks Git. */
	private static final Duration POLL = Duration.ofSeconds(3);

	/** Argo CD hears of changes; this one looks. */
	private static final Duration PACE = Duration.ofSeconds(1);

	private static final int THREADS = 3;

	private static final Patience SERVED = new Patience(Duration.ofMillis(50), Duration.ofSeconds(30));

	private final KubernetesClient client;

	private final ControlLoop applications;

	private final SharedIndexInformer<GenericKubernetesResource> informer;

	private ArgoCd(KubernetesClient client, UpstreamCharts charts, UnaryOperator<URI> addresses, Path directory,
			Clock clock) {
		this.client = client;
		install(clock);
		Rendering rendering = new Rendering(new Repositories(directory, addresses, clock, POLL), charts,
				client.getKubernetesSerialization());
		this.applications = new ControlLoop("application", THREADS,
				new ApplicationController(client, NAMESPACE, rendering, clock, PACE));
		this.informer = client.genericKubernetesResources(ApplicationController.KIND)
			.inNamespace(NAMESPACE)
			.inform(new Enqueue(), PACE.toMillis() * 30);
	}

	/**
	 * Installs it, where it is not, and starts it.
	 * @param charts what stands for charts of others
	 * @param addresses where this machine reaches a URL of Git
	 * @param directory for what it fetches
	 */
	public static ArgoCd start(KubernetesClient client, UpstreamCharts charts, UnaryOperator<URI> addresses,
			Path directory, Clock clock) {
		return new ArgoCd(client, charts, addresses, directory, clock);
	}

	private void install(Clock clock) {
		new ClusterObjects(client).createNamespace(NAMESPACE);
		for (String plural : new String[] { "applications", "appprojects" }) {
			CustomResourceDefinition wanted = definition(plural);
			String name = wanted.getMetadata().getName();
			try {
				client.resource(wanted).create();
			}
			catch (KubernetesClientException ex) {
				if (ex.getCode() != HttpURLConnection.HTTP_CONFLICT) {
					throw ex;
				}
			}
			if (SERVED.await(clock, Pause.real(), name, () -> served(wanted)).isEmpty()) {
				throw new TransientFailure(FailureCode.TIMED_OUT, "the API does not serve '%s'".formatted(name),
						"look at its log");
			}
		}
	}

	private Optional<Boolean> served(CustomResourceDefinition definition) {
		try {
			client
				.genericKubernetesResources(new ResourceDefinitionContext.Builder().withGroup("argoproj.io")
					.withVersion("v1alpha1")
					.withKind(definition.getSpec().getNames().getKind())
					.withPlural(definition.getSpec().getNames().getPlural())
					.withNamespaced(true)
					.build())
				.inNamespace(NAMESPACE)
				.list();
			return Optional.of(true);
		}
		catch (KubernetesClientException ex) {
			return Optional.empty();
		}
	}

	private CustomResourceDefinition definition(String plural) {
		try (InputStream in = Objects.requireNonNull(ArgoCd.class.getResourceAsStream(plural + ".yaml"), plural)) {
			return client.getKubernetesSerialization().unmarshal(in, CustomResourceDefinition.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		informer.close();
		applications.close();
	}

	private final class Enqueue implements ResourceEventHandler<GenericKubernetesResource> {

		@Override
		public void onAdd(GenericKubernetesResource application) {
			applications.enqueue(application.getMetadata().getName());
		}

		@Override
		public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource application) {
			applications.enqueue(application.getMetadata().getName());
		}

		@Override
		public void onDelete(GenericKubernetesResource application, boolean deletedFinalStateUnknown) {
			applications.enqueue(application.getMetadata().getName());
		}

	}

}
