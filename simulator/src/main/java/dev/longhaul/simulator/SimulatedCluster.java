package dev.longhaul.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.BackupTarget;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.longhorn.crd.VolumeSpec;
import dev.longhaul.simulator.api.EmbeddedApi;
import dev.longhaul.simulator.binding.BindingControllers;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Stored;
import dev.longhaul.simulator.engine.ContentHash;
import dev.longhaul.simulator.engine.EngineParts;
import dev.longhaul.simulator.engine.Engines;
import dev.longhaul.simulator.engine.Freeze;
import dev.longhaul.simulator.engine.SimulatedEngine;
import dev.longhaul.simulator.engine.Target;
import dev.longhaul.simulator.fault.Faults;
import dev.longhaul.simulator.front.ApiFront;
import dev.longhaul.simulator.front.Upstream;
import dev.longhaul.simulator.kubelet.ControlPlaneKind;
import dev.longhaul.simulator.kubelet.Kubelet;
import dev.longhaul.simulator.kubelet.WorkloadControllers;
import dev.longhaul.simulator.longhorn.Attachments;
import dev.longhaul.simulator.longhorn.LonghornControllers;
import dev.longhaul.simulator.longhorn.LonghornInstallation;
import dev.longhaul.simulator.longhorn.LonghornWebhook;
import dev.longhaul.simulator.longhorn.TargetStores;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A cluster with Longhorn, as real as its API: production code meets it over HTTP, by the
 * kubeconfig, and its backups lie in a real bucket.
 * <p>
 * Pods run on its first node as processes of this machine, with the live files of their
 * volumes, and whoever made the cluster can look into those. Closing it leaves the
 * directory as it is.
 */
public final class SimulatedCluster implements AutoCloseable {

	/** Where Longhorn is installed. */
	public static final String NAMESPACE = "longhorn-system";

	/** What is waited for here takes milliseconds, or with realistic timing seconds. */
	private static final Patience PATIENCE = new Patience(Duration.ofMillis(20), Duration.ofMinutes(2));

	private final ClusterPlan plan;

	private final @Nullable EmbeddedApi embedded;

	private final KubernetesClient client;

	private final LonghornObjects objects;

	private final ExecutorService uploads = Executors.newCachedThreadPool(task -> {
		Thread thread = new Thread(task, "upload");
		thread.setDaemon(true);
		return thread;
	});

	private final Faults faults = new Faults();

	private final Engines engines;

	private final TargetStores targets;

	private final LonghornInstallation installation;

	private final LonghornArrival longhorn;

	private final Kubelet kubelet;

	private final Optional<BindingControllers> binding;

	private final Optional<WorkloadControllers> workloads;

	private final ApiFront front;

	private final Optional<Delivery> delivery;

	private SimulatedCluster(ClusterPlan plan) throws IOException {
		this.plan = plan;
		Files.createDirectories(plan.directory());
		Path given = plan.kubeconfig();
		this.embedded = (given == null) ? EmbeddedApi.start() : null;
		Config config = (embedded != null) ? embedded.config()
				: Config.fromKubeconfig(Objects.requireNonNull(given).toFile());
		this.client = new KubernetesClientBuilder().withConfig(config).build();
		this.objects = new LonghornObjects(client, NAMESPACE);
		EngineParts parts = new EngineParts(plan.clock(), Pause.real(), plan.timing().lockPace(), uploads, this::freeze,
				faults);
		this.engines = new Engines(plan.directory().resolve("volumes"), parts);
		this.targets = new TargetStores(objects, (url, variables) -> Targets.open(url, variables, plan.clock()));
		this.installation = new LonghornInstallation(objects, plan.release(), plan.clock());
		ControlPlaneKind kind = (embedded != null) ? ControlPlaneKind.MOCK : ControlPlaneKind.KUBERNETES;
		this.kubelet = Kubelet.start(client, kind, plan.nodes().get(0), new AttachedClaims(objects, engines),
				plan.clock());
		this.longhorn = new LonghornArrival(objects, installation, plan, () -> LonghornControllers.start(objects,
				engines, targets, plan.timing(), plan.clock(), faults, plan.release()));
		this.binding = (embedded != null) ? Optional.of(BindingControllers.start(client, plan.clock()))
				: Optional.empty();
		this.workloads = (embedded != null) ? Optional.of(WorkloadControllers.start(client)) : Optional.empty();
		this.front = ApiFront.start(Upstream.of(config), kubelet,
				new LonghornWebhook(objects, plan.release(), plan.clock()), plan.clock());
		front.writeKubeconfig(kubeconfig());
		this.delivery = plan.software().hasArgoCd() ? Optional.of(Delivery.start(client, kubelet, plan))
				: Optional.empty();
	}

	/** Of snapshots, which controllers take: and those are started after the kubelet. */
	private void freeze(Path files, Freeze.Reading reading) throws IOException {
		kubelet.during(files, reading);
	}

	/** Starts a cluster with what its plan says, and without volumes. */
	public static SimulatedCluster start(ClusterPlan plan) throws IOException {
		return new SimulatedCluster(plan);
	}

	/** What production code gets to know of the cluster; it leads through the front. */
	public Path kubeconfig() {
		return plan.directory().resolve("kubeconfig");
	}

	/** What production code talks to: the API, the kubelet, and what shall fail of it. */
	public ApiFront front() {
		return front;
	}

	/** To the API behind the front, as an administrator. */
	public KubernetesClient client() {
		return client;
	}

	/** To the API behind the front and its node, for whoever owns the cluster. */
	public Kubectl kubectl() {
		return new Kubectl(objects, kubelet);
	}

	/** Longhorn's objects, to look at and to change as Longhorn would. */
	public LonghornObjects objects() {
		return objects;
	}

	public LonghornInstallation longhorn() {
		return installation;
	}

	/** What shall go wrong. */
	public Faults faults() {
		return faults;
	}

	/**
	 * Sets the default target and waits until Longhorn has found it available.
	 * @param variables of its Secret, by Longhorn's names
	 */
	public void useTarget(String url, Map<String, String> variables, Duration poll) {
		installation.target("default", url, variables, poll);
		await("target 'default' to be available",
				() -> objects.find(BackupTarget.class, "default")
					.filter(found -> found.view().getStatus() != null)
					.filter(found -> Boolean.TRUE.equals(found.view().getStatus().getAvailable())));
	}

	/** The default target as Longhorn sees it, to damage what is stored there. */
	public Target target() {
		return targets.open(objects.find(BackupTarget.class, "default").orElseThrow());
	}

	/**
	 * Makes a volume with its PersistentVolume and a claim bound to it, and waits until
	 * Longhorn knows the claim. It is detached until something uses it.
	 */
	public void createVolume(VolumePlan volume) {
		createVolumes(List.of(volume));
	}

	/** Several at once, as {@link #createVolume} makes one: that takes hardly longer. */
	public void createVolumes(List<VolumePlan> volumes) {
		BoundClaims claims = new BoundClaims(client);
		volumes.forEach(this::make);
		volumes.forEach(claims::offer);
		volumes.forEach(volume -> await("volume '%s' to be available".formatted(volume.name()),
				() -> Optional.of(volume).filter(claims::isAvailable)));
		volumes.forEach(claims::claim);
		volumes.forEach(this::awaitClaimed);
	}

	private void make(VolumePlan volume) {
		Volume wanted = new Volume();
		wanted.setMetadata(new ObjectMetaBuilder().withName(volume.name().value()).build());
		VolumeSpec spec = new VolumeSpec();
		spec.setSize(Long.toString(volume.size().bytes()));
		spec.setFrontend("blockdev");
		spec.setNumberOfReplicas((long) volume.replicas());
		spec.setStaleReplicaTimeout(2880L);
		wanted.setSpec(spec);
		try {
			volume.contents().writeTo(engines.create(volume.name(), volume.size()).files());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		objects.create(Volume.class, wanted);
	}

	private void awaitClaimed(VolumePlan volume) {
		await("volume '%s' to be claimed".formatted(volume.name()), () -> find(volume.name())
			.filter(found -> found.view().getStatus() != null)
			.filter(found -> "detached".equals(found.view().getStatus().getState())
					|| "attached".equals(found.view().getStatus().getState()))
			.filter(found -> found.view().getStatus().getKubernetesStatus() != null
					&& volume.claim().name().equals(found.view().getStatus().getKubernetesStatus().getPvcName())));
	}

	/** Attaches a volume to the first node, as a pod there would, and waits for it. */
	public void attach(VolumeName volume) {
		attach(List.of(volume));
	}

	/** Several at once, as {@link #attach(VolumeName)} attaches one. */
	public void attach(List<VolumeName> volumes) {
		Attachments attachments = new Attachments(objects);
		for (VolumeName volume : volumes) {
			await("a ticket on volume '%s'".formatted(volume),
					() -> Optional.of(attachments.attach(volume, plan.nodes().get(0))).filter(asked -> asked));
		}
		volumes.forEach(volume -> awaitState(volume, "attached"));
	}

	/** Takes back {@link #attach(VolumeName)} and waits until the volume is detached. */
	public void detach(VolumeName volume) {
		Attachments attachments = new Attachments(objects);
		await("the ticket on volume '%s' to be taken back".formatted(volume),
				() -> Optional.of(attachments.detach(volume)).filter(asked -> asked));
		awaitState(volume, "detached");
	}

	/** The live files of a volume. */
	public Path files(VolumeName volume) {
		return engine(volume).files();
	}

	public SimulatedEngine engine(VolumeName volume) {
		return engines.find(volume)
			.orElseThrow(() -> new IllegalArgumentException("there is no volume '" + volume + "'"));
	}

	/** What a volume holds now. */
	public ContentHash contentHash(VolumeName volume) throws IOException {
		return engine(volume).contentHash();
	}

	/**
	 * What a volume would hold that is restored from a backup, by what the default target
	 * holds.
	 */
	public ContentHash contentHash(VolumeName volume, BackupName backup) throws IOException {
		return ContentHash.of(target(), volume, backup, plan.directory());
	}

	private void awaitState(VolumeName volume, String state) {
		await("volume '%s' to be %s".formatted(volume, state), () -> find(volume)
			.filter(found -> found.view().getStatus() != null && state.equals(found.view().getStatus().getState())));
	}

	private Optional<Stored<Volume>> find(VolumeName volume) {
		return objects.find(Volume.class, volume.value());
	}

	private void await(String what, Supplier<Optional<?>> look) {
		if (PATIENCE.await(plan.clock(), Pause.real(), what, () -> look.get().map(found -> true)).isEmpty()) {
			throw new TransientFailure(FailureCode.TIMED_OUT, "waited %s for %s".formatted(PATIENCE.limit(), what),
					"look at the objects of the cluster");
		}
	}

	@Override
	public void close() {
		delivery.ifPresent(Delivery::close);
		front.close();
		workloads.ifPresent(WorkloadControllers::close);
		binding.ifPresent(BindingControllers::close);
		kubelet.close();
		longhorn.close();
		uploads.shutdownNow();
		targets.close();
		client.close();
		if (embedded != null) {
			embedded.close();
		}
	}

}
