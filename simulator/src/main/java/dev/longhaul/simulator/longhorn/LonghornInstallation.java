package dev.longhaul.simulator.longhorn;

import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import dev.longhaul.longhorn.crd.BackupTarget;
import dev.longhaul.longhorn.crd.BackupTargetSpec;
import dev.longhaul.longhorn.crd.Node;
import dev.longhaul.longhorn.crd.NodeSpec;
import dev.longhaul.longhorn.crd.NodeStatus;
import dev.longhaul.longhorn.crd.Setting;
import dev.longhaul.longhorn.crd.nodespec.Disks;
import dev.longhaul.longhorn.crd.nodestatus.Conditions;
import dev.longhaul.longhorn.crd.nodestatus.DiskStatus;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Stored;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;

/**
 * Puts into an API what installing Longhorn puts there: its kinds, its settings, its
 * nodes and its backup target.
 */
public final class LonghornInstallation {

	private static final List<String> KINDS = List.of("backups", "backuptargets", "backupvolumes", "engines", "nodes",
			"recurringjobs", "settings", "snapshots", "volumeattachments", "volumes");

	private static final Patience SERVED = new Patience(Duration.ofMillis(50), Duration.ofSeconds(30));

	private static final long DISK_BYTES = 256L * 1024 * 1024 * 1024;

	private final LonghornObjects objects;

	private final LonghornRelease release;

	private final Clock clock;

	public LonghornInstallation(LonghornObjects objects, LonghornRelease release, Clock clock) {
		this.objects = objects;
		this.release = release;
		this.clock = clock;
	}

	/** Installs; what is there already stays as it is. */
	public void install(List<String> nodes) {
		KubernetesClient client = objects.client();
		createOnce(() -> client
			.resource(new NamespaceBuilder().withNewMetadata().withName(objects.namespace()).endMetadata().build())
			.create());
		KINDS.parallelStream().forEach(this::define);
		setting("current-longhorn-version", release.toString());
		setting("default-engine-image", "longhornio/longhorn-engine:" + release);
		setting("default-replica-count", release.hasBlockSizes() ? "{\"v1\":\"3\",\"v2\":\"3\"}" : "3");
		setting("failed-backup-ttl", "1440");
		if (!release.hasSeveralTargets()) {
			setting("backup-target", "");
			setting("backup-target-credential-secret", "");
			setting("backupstore-poll-interval", "300");
		}
		createOnce(() -> client.resource(storageClass()).create());
		nodes.forEach(this::node);
		target(Words.DEFAULT_TARGET, "", "", Duration.ofMinutes(5));
	}

	/** The class of claims that name none. */
	private static StorageClass storageClass() {
		return new StorageClassBuilder().withNewMetadata()
			.withName("longhorn")
			.addToAnnotations("storageclass.kubernetes.io/is-default-class", "true")
			.endMetadata()
			.withProvisioner(Words.CSI_DRIVER)
			.withAllowVolumeExpansion(true)
			.withReclaimPolicy("Delete")
			.withVolumeBindingMode("Immediate")
			.withParameters(
					Map.of("numberOfReplicas", "3", "staleReplicaTimeout", "30", "fromBackup", "", "fsType", "ext4"))
			.build();
	}

	/** Sets or changes a setting. */
	public void setting(String name, String value) {
		Optional<Stored<Setting>> found = objects.find(Setting.class, name);
		if (found.isPresent()) {
			objects.writeValue(found.get(), value);
			return;
		}
		Setting setting = new Setting();
		setting.setMetadata(new ObjectMetaBuilder().withName(name).build());
		setting.setValue(value);
		objects.createOnce(Setting.class, setting);
	}

	/**
	 * Sets or changes a backup target with its credential.
	 * @param variables of the Secret, by Longhorn's names; empty for no Secret
	 * @param poll how often Longhorn looks at it
	 */
	public void target(String name, String url, Map<String, String> variables, Duration poll) {
		String secret = variables.isEmpty() ? "" : name + "-backup-credential";
		if (!variables.isEmpty()) {
			Map<String, String> data = new HashMap<>();
			variables.forEach((key, value) -> data.put(key,
					Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
			Secret wanted = new SecretBuilder().withNewMetadata()
				.withName(secret)
				.withNamespace(objects.namespace())
				.endMetadata()
				.withType("Opaque")
				.withData(data)
				.build();
			objects.client().secrets().inNamespace(objects.namespace()).withName(secret).delete();
			objects.client().secrets().inNamespace(objects.namespace()).resource(wanted).create();
		}
		target(name, url, secret, poll);
	}

	/**
	 * Sets or changes a backup target.
	 * @param secret the name of its credential, which need not be there yet; empty for
	 * none
	 */
	public void target(String name, String url, String secret, Duration poll) {
		if (!release.hasSeveralTargets() && !url.isEmpty()) {
			setting("backup-target", url);
			setting("backup-target-credential-secret", secret);
			setting("backupstore-poll-interval", Long.toString(poll.toSeconds()));
		}
		BackupTargetSpec spec = new BackupTargetSpec();
		spec.setBackupTargetURL(url);
		spec.setCredentialSecret(secret);
		spec.setPollInterval(poll.toSeconds() + "s");
		Optional<Stored<BackupTarget>> found = objects.find(BackupTarget.class, name);
		if (found.isPresent()) {
			if (!url.isEmpty()) {
				String done = (found.get().view().getStatus() != null)
						? found.get().view().getStatus().getLastSyncedAt() : null;
				spec.setSyncRequestedAt(Times.requestAfter(done, clock));
				found.get().view().setSpec(spec);
				objects.write(BackupTarget.class, found.get());
			}
			return;
		}
		BackupTarget target = new BackupTarget();
		target.setMetadata(new ObjectMetaBuilder().withName(name).withFinalizers(Words.FINALIZER).build());
		target.setSpec(spec);
		objects.createOnce(BackupTarget.class, target);
	}

	private void node(String name) {
		Node node = new Node();
		node.setMetadata(new ObjectMetaBuilder().withName(name).withFinalizers(Words.FINALIZER).build());
		NodeSpec spec = new NodeSpec();
		spec.setName(name);
		spec.setAllowScheduling(true);
		Disks disk = new Disks();
		disk.setDiskType("filesystem");
		disk.setPath("/var/lib/longhorn/");
		disk.setAllowScheduling(true);
		disk.setEvictionRequested(false);
		disk.setStorageReserved(0L);
		spec.setDisks(Map.of("default-disk", disk));
		node.setSpec(spec);
		Stored<Node> stored = objects.createOnce(Node.class, node);
		NodeStatus status = new NodeStatus();
		status.setConditions(List.of(ready("Ready"), ready("Schedulable")));
		DiskStatus diskStatus = new DiskStatus();
		diskStatus.setStorageMaximum(DISK_BYTES);
		diskStatus.setStorageAvailable(DISK_BYTES);
		diskStatus.setStorageScheduled(0L);
		status.setDiskStatus(Map.of("default-disk", diskStatus));
		stored.view().setStatus(status);
		objects.writeStatus(Node.class, stored);
	}

	private Conditions ready(String type) {
		Conditions condition = new Conditions();
		condition.setType(type);
		condition.setStatus(Words.TRUE);
		condition.setReason("");
		condition.setMessage("");
		condition.setLastProbeTime("");
		condition.setLastTransitionTime(Times.now(clock));
		return condition;
	}

	private void define(String kind) {
		KubernetesClient client = objects.client();
		CustomResourceDefinition definition = client.apiextensions()
			.v1()
			.customResourceDefinitions()
			.load(resource("/longhorn/crds/" + kind + ".yaml"))
			.item();
		createOnce(() -> client.apiextensions().v1().customResourceDefinitions().resource(definition).create());
		Optional<Boolean> served = SERVED.await(clock, Pause.real(), kind,
				() -> isServed(definition) ? Optional.of(true) : Optional.empty());
		if (served.isEmpty()) {
			throw new TransientFailure(FailureCode.CLUSTER_UNREACHABLE,
					"the API does not serve %s within %s".formatted(kind, SERVED.limit()),
					"look at the log of the API server");
		}
	}

	private boolean isServed(CustomResourceDefinition definition) {
		try {
			objects.client()
				.genericKubernetesResources(CustomResourceDefinitionContext.fromCrd(definition))
				.inNamespace(objects.namespace())
				.list();
			return true;
		}
		catch (KubernetesClientException ex) {
			return false;
		}
	}

	private static void createOnce(Runnable creation) {
		try {
			creation.run();
		}
		catch (KubernetesClientException ex) {
			if (ex.getCode() != HttpURLConnection.HTTP_CONFLICT) {
				throw ex;
			}
		}
	}

	private static InputStream resource(String path) {
		return Objects.requireNonNull(LonghornInstallation.class.getResourceAsStream(path), path);
	}

}
