package dev.longhaul.longhorn.cluster;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.cluster.RestoreCluster;
import dev.longhaul.core.cluster.RestoreRequest;
import dev.longhaul.core.cluster.RestoredVolume;
import dev.longhaul.core.cluster.StorageNode;
import dev.longhaul.core.cluster.TargetCredentials;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.ObjectCopy;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.Backup;
import dev.longhaul.longhorn.crd.BackupTarget;
import dev.longhaul.longhorn.crd.BackupVolume;
import dev.longhaul.longhorn.crd.Engine;
import dev.longhaul.longhorn.crd.Node;
import dev.longhaul.longhorn.crd.Setting;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.longhorn.crd.VolumeSpec;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/**
 * Restores into a cluster with Longhorn 1.8 to 1.12 through its custom resources, and
 * into one with 1.6 or 1.7 whose backup target is set.
 */
public final class LonghornRestoreCluster implements RestoreCluster {

	/** The namespace of what is in none. */
	private static final String NOWHERE = "";

	private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of("PersistentVolume",
			PersistentVolume.class, "StorageClass", StorageClass.class, "Namespace", Namespace.class,
			"PersistentVolumeClaim", PersistentVolumeClaim.class);

	/** Of the Secret that a target gets its credentials from. */
	private static final String CREDENTIALS = "longhaul-backup-target";

	private static final Set<String> OFFERED = Set.of("Available", "Bound");

	private static final String SNAPSHOTS_PER_VOLUME = "snapshot-max-count";

	private static final int DEFAULT_SNAPSHOTS_PER_VOLUME = 250;

	private static final String RESTORES_PER_NODE = "concurrent-volume-backup-restore-per-node-limit";

	private static final int DEFAULT_RESTORES_PER_NODE = 5;

	/** In place of a block size. */
	private static final String UNKNOWN_SIZE = "-1";

	/** Of a volume that can be used. */
	private static final String FRONTEND = "blockdev";

	/** What Longhorn's CSI driver gives every volume, in minutes. */
	private static final long STALE_REPLICA_TIMEOUT = 2880;

	private final KubernetesClient client;

	private final String namespace;

	private final Clock clock;

	private final LonghornApi api;

	/**
	 * @param client one that bounds every call in time and does not retry; closed by the
	 * caller
	 * @param namespace where Longhorn is installed
	 */
	public LonghornRestoreCluster(KubernetesClient client, String namespace, Clock clock) {
		this.client = client;
		this.namespace = namespace;
		this.clock = clock;
		this.api = new LonghornApi(client, namespace, clock);
	}

	@Override
	public boolean isServed() {
		return api.listIfServed(ResourceDefinitionContext.fromResourceType(Volume.class), namespace).isPresent();
	}

	@Override
	public List<StorageNode> storageNodes() {
		return api.list(Node.class)
			.stream()
			.map(found -> convert(found, Node.class))
			.map(StorageNodeReading::read)
			.flatMap(Optional::stream)
			.sorted(Comparator.comparing(StorageNode::name))
			.toList();
	}

	@Override
	public int restoresPerNode() {
		return setting(RESTORES_PER_NODE, DEFAULT_RESTORES_PER_NODE);
	}

	@Override
	public int snapshotsPerVolume() {
		return setting(SNAPSHOTS_PER_VOLUME, DEFAULT_SNAPSHOTS_PER_VOLUME);
	}

	private int setting(String name, int unset) {
		return api.find(Setting.class, name)
			.map(found -> Wire.text(convert(found, Setting.class).getValue()).strip())
			.flatMap(LonghornRestoreCluster::number)
			.orElse(unset);
	}

	@Override
	public boolean isReady(String node) {
		return api.find(Node.class, node)
			.map(found -> convert(found, Node.class))
			.filter(StorageNodeReading::isReady)
			.isPresent();
	}

	private static Optional<Integer> number(String text) {
		try {
			return Optional.of(Integer.parseInt(text));
		}
		catch (NumberFormatException ex) {
			return Optional.empty();
		}
	}

	@Override
	public void requestSync(String target) {
		String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
		patchTarget(target, Map.of("syncRequestedAt", now));
	}

	@Override
	public void requestReading(BackupName backup, ByteSize blockSize) {
		Map<String, String> spec = new HashMap<>();
		spec.put("syncRequestedAt", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
		if (!knowsBlockSize(backup)) {
			spec.put("backupBlockSize", Long.toString(blockSize.bytes()));
		}
		api.patch(Backup.class, backup.value(), Map.of("spec", spec));
	}

	/** Before 1.10 nobody asks, and the field is not there. */
	@Override
	public boolean knowsBlockSize(BackupName backup) {
		return api.find(Backup.class, backup.value())
			.map(found -> convert(found, Backup.class).getSpec())
			.filter(spec -> UNKNOWN_SIZE.equals(spec.getBackupBlockSize()))
			.isEmpty();
	}

	@Override
	public boolean connectDefaultTarget(String url, TargetCredentials credentials) {
		BackupTarget target = api.find(BackupTarget.class, LonghornVolumeCluster.DEFAULT_TARGET)
			.map(found -> convert(found, BackupTarget.class))
			.orElseThrow(() -> new RefusedRequest(FailureCode.CLUSTER_REFUSED,
					"Longhorn in namespace '%s' has no BackupTarget 'default'".formatted(namespace),
					"Longhorn before 1.8 has settings for it: set backup-target and its secret, and try again"));
		if (target.getSpec() != null && !Wire.text(target.getSpec().getBackupTargetURL()).isEmpty()) {
			return false;
		}
		api.createUnlessThere(new SecretBuilder()
			.withMetadata(new ObjectMetaBuilder().withName(CREDENTIALS).withNamespace(namespace).build())
			.withType("Opaque")
			.withStringData(credentials.variables())
			.build());
		patchTarget(LonghornVolumeCluster.DEFAULT_TARGET,
				Map.of("backupTargetURL", url, "credentialSecret", CREDENTIALS));
		return true;
	}

	private void patchTarget(String name, Map<String, String> spec) {
		api.patch(BackupTarget.class, name, Map.of("spec", spec));
	}

	@Override
	public Optional<RestoredVolume> findVolume(VolumeName name) {
		return api.find(Volume.class, name.value()).map(this::read);
	}

	@Override
	public RestoredVolume restoreVolume(RestoreRequest request) {
		Optional<RestoredVolume> there = findVolume(request.name());
		return there.orElseGet(() -> read(api.create(Volume.class, volume(request))));
	}

	private Volume volume(RestoreRequest request) {
		Volume volume = new Volume();
		volume.setMetadata(new ObjectMetaBuilder().withName(request.name().value())
			.withNamespace(namespace)
			.withLabels(request.labels())
			.build());
		VolumeSpec spec = new VolumeSpec();
		spec.setFromBackup(request.backupUrl());
		spec.setSize(Long.toString(request.size().bytes()));
		spec.setFrontend(request.standby() ? "" : FRONTEND);
		spec.setStandby(request.standby());
		spec.setDataEngine(request.dataEngine());
		spec.setAccessMode(request.accessMode());
		spec.setStaleReplicaTimeout(STALE_REPLICA_TIMEOUT);
		spec.setRevisionCounterDisabled(true);
		// What a volume takes part in is declared, not found in a backup.
		spec.setRestoreVolumeRecurringJob("disabled");
		if (request.replicas() > 0) {
			spec.setNumberOfReplicas((long) request.replicas());
		}
		if (request.encrypted()) {
			spec.setEncrypted(true);
		}
		volume.setSpec(spec);
		return volume;
	}

	@Override
	public List<RestoredVolume> standbyVolumes() {
		return api.list(Volume.class)
			.stream()
			.filter(found -> isStandby(convert(found, Volume.class)))
			.map(this::read)
			.sorted(Comparator.comparing(RestoredVolume::name))
			.toList();
	}

	private static boolean isStandby(Volume volume) {
		return volume.getSpec() != null && Boolean.TRUE.equals(volume.getSpec().getStandby());
	}

	/** Longhorn looks for a newer backup first if it is asked to. */
	@Override
	public void activate(RestoredVolume standby, Map<String, String> labels) {
		standby.source().ifPresent(this::requestSync);
		api.patch(Volume.class, standby.name().value(),
				Map.of("metadata", Map.of("resourceVersion", standby.version(), "labels", labels), "spec",
						Map.of("Standby", false, "frontend", FRONTEND)));
	}

	private void requestSync(VolumeName source) {
		api.list(BackupVolume.class)
			.stream()
			.map(found -> convert(found, BackupVolume.class))
			.filter(found -> source.value().equals(volumeName(found)))
			.forEach(found -> api.patch(BackupVolume.class, Wire.name(found),
					Map.of("spec", Map.of("syncRequestedAt", afterTheLastSync(found)))));
	}

	/**
	 * Longhorn counts seconds, and does nothing that was asked for in that of its last
	 * look.
	 */
	private String afterTheLastSync(BackupVolume found) {
		Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
		Instant last = Wire.instant((found.getStatus() != null) ? found.getStatus().getLastSyncedAt() : null);
		return ((last != null && !now.isAfter(last)) ? last.plusSeconds(1) : now).toString();
	}

	/** Before 1.8 a BackupVolume had the name of its volume. */
	private static String volumeName(BackupVolume found) {
		String named = (found.getSpec() != null) ? Wire.text(found.getSpec().getVolumeName()) : "";
		return named.isEmpty() ? Wire.name(found) : named;
	}

	@Override
	public void deleteFailed(RestoredVolume failed) {
		api.delete(Volume.class, failed.name().value(), failed.version());
	}

	@Override
	public Optional<JsonObject> find(String kind, String name) {
		return api.find(type(kind), NOWHERE, name).map(this::declared);
	}

	@Override
	public Optional<JsonObject> findClaim(ClaimRef claim) {
		return api.find(PersistentVolumeClaim.class, claim.namespace(), claim.name()).map(this::declared);
	}

	private JsonObject declared(GenericKubernetesResource found) {
		ObjectCopy copy = DeclaredObject.copy(client.getKubernetesSerialization().convertValue(found, Map.class));
		if (copy instanceof ObjectCopy.Kept kept) {
			return kept.object();
		}
		// That it is there is all that counts.
		return JsonObject.of(Map.of("metadata", Map.of("name", found.getMetadata().getName())));
	}

	@Override
	public void create(JsonObject object) {
		Class<? extends HasMetadata> type = type(object.text("kind").orElse(""));
		api.createUnlessThere(client.getKubernetesSerialization().convertValue(object.fields(), type));
	}

	private static Class<? extends HasMetadata> type(String kind) {
		Class<? extends HasMetadata> type = KINDS.get(kind);
		if (type == null) {
			throw new IllegalArgumentException("a restore has nothing to do with a '%s'".formatted(kind));
		}
		return type;
	}

	@Override
	public boolean isOffered(String persistentVolume) {
		return api.find(PersistentVolume.class, NOWHERE, persistentVolume)
			.map(found -> client.getKubernetesSerialization().convertValue(found, PersistentVolume.class))
			.filter(found -> found.getStatus() != null && OFFERED.contains(Wire.text(found.getStatus().getPhase())))
			.isPresent();
	}

	@Override
	public boolean isBound(ClaimRef claim, String persistentVolume) {
		return api.find(PersistentVolumeClaim.class, claim.namespace(), claim.name())
			.map(found -> client.getKubernetesSerialization().convertValue(found, PersistentVolumeClaim.class))
			.filter(found -> found.getStatus() != null && "Bound".equals(found.getStatus().getPhase()))
			.map(found -> persistentVolume.equals(found.getSpec().getVolumeName()))
			.orElse(false);
	}

	private RestoredVolume read(GenericKubernetesResource found) {
		Volume volume = convert(found, Volume.class);
		try {
			return RestoredVolumeReading.read(volume, engines(volume));
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedRequest(FailureCode.CLUSTER_REFUSED,
					"volumes.longhorn.io '%s' cannot be read: %s".formatted(found.getMetadata().getName(),
							ServerText.oneLine(String.valueOf(ex.getMessage()))),
					"look at it: kubectl -n %s get volumes.longhorn.io %s -o yaml".formatted(namespace,
							found.getMetadata().getName()),
					ex);
		}
	}

	/** Only a volume that is being restored is worth the call. */
	private List<Engine> engines(Volume volume) {
		boolean restoring = volume.getStatus() != null && Boolean.TRUE.equals(volume.getStatus().getRestoreRequired());
		return restoring ? api.labelled(Engine.class, "longhornvolume", Wire.name(volume))
			.stream()
			.map(found -> convert(found, Engine.class))
			.toList() : List.of();
	}

	private <W extends CustomResource<?, ?>> W convert(GenericKubernetesResource found, Class<W> type) {
		try {
			return Objects.requireNonNull(client.getKubernetesSerialization().convertValue(found, type));
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedRequest(FailureCode.CLUSTER_REFUSED,
					"%s '%s' cannot be read: %s".formatted(CustomResource.getCRDName(type),
							found.getMetadata().getName(), ServerText.oneLine(String.valueOf(ex.getMessage()))),
					"look at it: kubectl -n %s get %s %s -o yaml".formatted(namespace, CustomResource.getCRDName(type),
							found.getMetadata().getName()),
					ex);
		}
	}

}
