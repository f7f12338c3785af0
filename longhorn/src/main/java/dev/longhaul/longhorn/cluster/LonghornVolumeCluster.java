package dev.longhaul.longhorn.cluster;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.longhaul.core.backup.Backup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.backup.BackupTarget;
import dev.longhaul.core.cluster.BackupRequest;
import dev.longhaul.core.cluster.SnapshotRequest;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.Claim;
import dev.longhaul.core.volume.ClaimObjects;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.Snapshot;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.Volume;
import dev.longhaul.longhorn.crd.BackupSpec;
import dev.longhaul.longhorn.crd.Setting;
import dev.longhaul.longhorn.crd.SnapshotSpec;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * Longhorn 1.6 to 1.12 through its custom resources.
 * <p>
 * An object of a list that cannot be read, because its name is none Longhorn would store
 * or a needed value is missing, is left out and logged as a warning: one broken object
 * must not stop the backups of all others. Asked for by name, it is a
 * {@link RefusedRequest}.
 */
public final class LonghornVolumeCluster implements VolumeCluster {

	/** The only target before Longhorn 1.8, and the one that always exists since. */
	static final String DEFAULT_TARGET = "default";

	/** On Backup: the source volume as the backupstore names it. */
	static final String VOLUME_LABEL = "backup-volume";

	/** On Backup: the target; since Longhorn 1.8. */
	static final String TARGET_LABEL = "backup-target";

	private static final System.Logger LOG = System.getLogger(LonghornVolumeCluster.class.getName());

	private static final String VERSION_SETTING = "current-longhorn-version";

	private final KubernetesClient client;

	private final String namespace;

	private final LonghornApi api;

	private final ClaimObjectsReading objects;

	/**
	 * @param client one that bounds every call in time and does not retry, such as those
	 * of {@link dev.longhaul.longhorn.connection.ClusterClients}; closed by the caller
	 * @param namespace where Longhorn is installed, usually {@code longhorn-system}
	 */
	public LonghornVolumeCluster(KubernetesClient client, String namespace, Clock clock) {
		this.client = client;
		this.namespace = namespace;
		this.api = new LonghornApi(client, namespace, clock);
		this.objects = new ClaimObjectsReading(api, client.getKubernetesSerialization());
	}

	@Override
	public String longhornVersion() {
		String version = settingValue(VERSION_SETTING);
		if (version.isEmpty()) {
			throw new RefusedRequest(FailureCode.CLUSTER_REFUSED,
					"Longhorn in namespace '" + namespace + "' has not said its version",
					"check that its manager runs: kubectl -n " + namespace + " get pods -l app=longhorn-manager");
		}
		return ServerText.oneLine(version);
	}

	@Override
	public String kubernetesVersion() {
		String version = api.version();
		if (version.isEmpty()) {
			throw new RefusedRequest(FailureCode.CLUSTER_REFUSED, "the cluster has not said its version",
					"compare with: kubectl version");
		}
		return version;
	}

	@Override
	public List<BackupTarget> backupTargets() {
		List<BackupTarget> targets = readAll(dev.longhaul.longhorn.crd.BackupTarget.class, TargetReading::read,
				Comparator.comparing(BackupTarget::name));
		return targets.isEmpty() ? targetOfSettings() : targets;
	}

	@Override
	public List<Volume> volumes() {
		return readAll(dev.longhaul.longhorn.crd.Volume.class, VolumeReading::read, Comparator.comparing(Volume::name));
	}

	@Override
	public List<Claim> claims(String where) {
		return api.list(PersistentVolumeClaim.class, where)
			.stream()
			.map(found -> claim(found, where))
			.sorted(Comparator.comparing(Claim::ref))
			.toList();
	}

	private static Claim claim(GenericKubernetesResource found, String where) {
		Map<String, String> labels = found.getMetadata().getLabels();
		return new Claim(new ClaimRef(where, found.getMetadata().getName()), (labels != null) ? labels : Map.of());
	}

	@Override
	public Optional<ClaimObjects> findObjects(ClaimRef claim) {
		return api.find(PersistentVolumeClaim.class, claim.namespace(), claim.name()).map(objects::read);
	}

	@Override
	public Optional<Snapshot> findSnapshot(SnapshotName name) {
		return api.find(dev.longhaul.longhorn.crd.Snapshot.class, name.value())
			.map(found -> read(found, dev.longhaul.longhorn.crd.Snapshot.class, SnapshotReading::read));
	}

	@Override
	public Snapshot takeSnapshot(SnapshotRequest request) {
		Snapshot snapshot = findSnapshot(request.name()).orElseGet(() -> createSnapshot(request));
		if (!snapshot.volume().equals(request.volume())) {
			throw nameTaken("snapshot '" + request.name() + "' of volume '" + request.volume() + "'",
					"one of volume '" + snapshot.volume() + "'");
		}
		return snapshot;
	}

	@Override
	public Optional<Backup> findBackup(BackupName name) {
		return api.find(dev.longhaul.longhorn.crd.Backup.class, name.value())
			.map(found -> read(found, dev.longhaul.longhorn.crd.Backup.class, BackupReading::read));
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Looks before it asks: since Longhorn 1.10 the admission check refuses every request
	 * while the target is unavailable, also one for what is there already.
	 */
	@Override
	public Backup makeBackup(BackupRequest request) {
		Backup backup = findBackup(request.name()).orElseGet(() -> createBackup(request));
		boolean sameSnapshot = backup.snapshot() == null || backup.snapshot().equals(request.snapshot());
		if (!sameSnapshot || !backup.volume().equals(request.volume())
				|| !backup.targetName().equals(request.targetName())) {
			throw nameTaken(
					"backup '%s' of snapshot '%s' of volume '%s' to target '%s'".formatted(request.name(),
							request.snapshot(), request.volume(), request.targetName()),
					"one of snapshot '%s' of volume '%s' to target '%s'".formatted(backup.snapshot(), backup.volume(),
							backup.targetName()));
		}
		return backup;
	}

	@Override
	public void deleteBackup(BackupName name) {
		api.delete(dev.longhaul.longhorn.crd.Backup.class, name.value());
	}

	@Override
	public List<Backup> backups() {
		return readAll(dev.longhaul.longhorn.crd.Backup.class, BackupReading::read, Comparator.comparing(Backup::name));
	}

	private Snapshot createSnapshot(SnapshotRequest request) {
		dev.longhaul.longhorn.crd.Snapshot wanted = new dev.longhaul.longhorn.crd.Snapshot();
		wanted.setMetadata(new ObjectMetaBuilder().withName(request.name().value()).withNamespace(namespace).build());
		SnapshotSpec spec = new SnapshotSpec();
		spec.setVolume(request.volume().value());
		spec.setCreateSnapshot(true);
		spec.setLabels(request.labels());
		wanted.setSpec(spec);
		return read(api.create(dev.longhaul.longhorn.crd.Snapshot.class, wanted),
				dev.longhaul.longhorn.crd.Snapshot.class, SnapshotReading::read);
	}

	private Backup createBackup(BackupRequest request) {
		LonghornVersion version = LonghornVersion.parse(longhornVersion());
		requireKnownTarget(request, version);
		dev.longhaul.longhorn.crd.Backup wanted = new dev.longhaul.longhorn.crd.Backup();
		wanted.setMetadata(new ObjectMetaBuilder().withName(request.name().value())
			.withNamespace(namespace)
			.withLabels(objectLabels(request, version))
			.build());
		BackupSpec spec = new BackupSpec();
		spec.setSnapshotName(request.snapshot().value());
		if (version.knowsBackupMode()) {
			spec.setBackupMode("incremental");
		}
		spec.setLabels(manifestLabels(request));
		wanted.setSpec(spec);
		return read(api.create(dev.longhaul.longhorn.crd.Backup.class, wanted), dev.longhaul.longhorn.crd.Backup.class,
				BackupReading::read);
	}

	private static void requireKnownTarget(BackupRequest request, LonghornVersion version) {
		if (!version.knowsSeveralTargets() && !request.targetName().equals(DEFAULT_TARGET)) {
			throw new RefusedRequest(FailureCode.CLUSTER_REFUSED,
					"backup '%s' cannot go to target '%s': before version 1.8 Longhorn has only the target '%s'"
						.formatted(request.name(), request.targetName(), DEFAULT_TARGET),
					"upgrade Longhorn, or name the target '" + DEFAULT_TARGET + "'");
		}
	}

	private static Map<String, String> objectLabels(BackupRequest request, LonghornVersion version) {
		Map<String, String> labels = new LinkedHashMap<>();
		labels.put(VOLUME_LABEL, request.volume().value());
		if (version.knowsSeveralTargets()) {
			labels.put(TARGET_LABEL, request.targetName());
		}
		return labels;
	}

	private Map<String, String> manifestLabels(BackupRequest request) {
		dev.longhaul.longhorn.crd.Volume volume = api
			.find(dev.longhaul.longhorn.crd.Volume.class, request.volume().value())
			.map(found -> convert(found, dev.longhaul.longhorn.crd.Volume.class))
			.orElseThrow(() -> new RefusedRequest(FailureCode.CLUSTER_REFUSED,
					"backup '%s' cannot be made: there is no volume '%s'".formatted(request.name(), request.volume()),
					"look which volumes there are: kubectl -n " + namespace + " get volumes.longhorn.io"));
		Map<String, String> labels = new LinkedHashMap<>(request.labels());
		labels.put(KubernetesStatusLabel.KEY, KubernetesStatusLabel
			.value((volume.getStatus() != null) ? volume.getStatus().getKubernetesStatus() : null));
		return labels;
	}

	/**
	 * Until 1.7 the only target was described by settings, and the object made from them.
	 */
	private List<BackupTarget> targetOfSettings() {
		String url = settingValue("backup-target");
		if (url.isEmpty()) {
			return List.of();
		}
		return List.of(new BackupTarget(DEFAULT_TARGET, url, settingValue("backup-target-credential-secret"), false,
				"Longhorn has not looked at it yet"));
	}

	/** Empty if there is no such setting or it is not set. */
	private String settingValue(String name) {
		return api.find(Setting.class, name)
			.map(found -> Wire.text(convert(found, Setting.class).getValue()).strip())
			.orElse("");
	}

	private <W extends CustomResource<?, ?>, T> List<T> readAll(Class<W> type, Function<W, T> reading,
			Comparator<T> order) {
		List<T> all = new ArrayList<>();
		for (GenericKubernetesResource found : api.list(type)) {
			try {
				all.add(read(found, type, reading));
			}
			catch (RefusedRequest unreadable) {
				LOG.log(System.Logger.Level.WARNING, "left out: {0} ({1})", unreadable.fact(), unreadable.hint());
			}
		}
		all.sort(order);
		return List.copyOf(all);
	}

	private <W extends CustomResource<?, ?>, T> T read(GenericKubernetesResource found, Class<W> type,
			Function<W, T> reading) {
		W wire = convert(found, type);
		try {
			return reading.apply(wire);
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			throw unreadable(found, type, ex);
		}
	}

	private <W extends CustomResource<?, ?>> W convert(GenericKubernetesResource found, Class<W> type) {
		try {
			return client.getKubernetesSerialization().convertValue(found, type);
		}
		catch (IllegalArgumentException ex) {
			throw unreadable(found, type, ex);
		}
	}

	private RefusedRequest unreadable(GenericKubernetesResource found, Class<? extends CustomResource<?, ?>> type,
			RuntimeException cause) {
		String plural = CustomResource.getCRDName(type);
		String name = (found.getMetadata() != null) ? found.getMetadata().getName() : null;
		return new RefusedRequest(FailureCode.CLUSTER_REFUSED,
				"%s '%s' cannot be read: %s".formatted(plural, name,
						ServerText.oneLine(String.valueOf(cause.getMessage()))),
				"look at it: kubectl -n %s get %s %s -o yaml".formatted(namespace, plural, name), cause);
	}

	private static RefusedRequest nameTaken(String wanted, String found) {
		return new RefusedRequest(FailureCode.CLUSTER_REFUSED,
				"the cluster cannot make " + wanted + ": it has " + found + " under that name",
				"names derive from job, application and time: find out what else uses this one before deleting it");
	}

}
