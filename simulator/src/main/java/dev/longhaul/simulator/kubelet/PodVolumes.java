package dev.longhaul.simulator.kubelet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;

import dev.longhaul.core.volume.ClaimRef;

/**
 * Where the volumes of pods lie on this machine. A claim is the directory of its volume;
 * config maps and secrets are written out; any other kind is an empty directory that goes
 * with the pod.
 */
final class PodVolumes {

	private final PodConfiguration configuration;

	private final ClaimDirectories claims;

	PodVolumes(PodConfiguration configuration, ClaimDirectories claims) {
		this.configuration = configuration;
		this.claims = claims;
	}

	/**
	 * @param scratch the pod's own directory for what goes with it
	 * @return the directory of each volume by its name in the pod
	 * @throws NotReadyException naming the first volume that is not there yet
	 */
	Map<String, Path> provide(Pod pod, Path scratch) throws NotReadyException {
		Map<String, Path> directories = new HashMap<>();
		for (Volume volume : pod.getSpec().getVolumes()) {
			try {
				directories.put(volume.getName(), provide(pod.getMetadata().getNamespace(), volume, scratch));
			}
			catch (IOException ex) {
				throw notReady(volume.getName(), ex.toString());
			}
		}
		return directories;
	}

	private Path provide(String namespace, Volume volume, Path scratch) throws NotReadyException, IOException {
		if (volume.getPersistentVolumeClaim() != null) {
			ClaimRef claim = new ClaimRef(namespace, volume.getPersistentVolumeClaim().getClaimName());
			return claims.find(claim)
				.orElseThrow(() -> notReady(volume.getName(), "the volume of claim " + claim + " is not attached"));
		}
		Path directory = Files.createDirectories(inside(scratch, volume.getName()));
		if (volume.getConfigMap() != null) {
			ConfigMapVolumeSource source = volume.getConfigMap();
			write(configuration.configMap(namespace, source.getName(), source.getOptional()), source.getItems(),
					directory);
		}
		else if (volume.getSecret() != null) {
			SecretVolumeSource source = volume.getSecret();
			write(configuration.secret(namespace, source.getSecretName(), source.getOptional()), source.getItems(),
					directory);
		}
		return directory;
	}

	/**
	 * @param items which keys go where; all under their own names if there are none
	 */
	private static void write(Map<String, byte[]> content, List<KeyToPath> items, Path directory)
			throws IOException, NotReadyException {
		Map<String, byte[]> files = content;
		if (!items.isEmpty()) {
			files = new HashMap<>();
			for (KeyToPath item : items) {
				byte[] bytes = content.get(item.getKey());
				if (bytes != null) {
					files.put(item.getPath(), bytes);
				}
			}
		}
		for (Map.Entry<String, byte[]> file : files.entrySet()) {
			Path target = inside(directory, file.getKey());
			Files.createDirectories(target.resolveSibling("."));
			Files.write(target, file.getValue());
		}
	}

	/**
	 * Where a container sees which of them.
	 * @throws NotReadyException if it names a volume or a part of one that is not there
	 */
	static List<Mount> mounts(Container container, Map<String, Path> directories) throws NotReadyException {
		List<Mount> mounts = new ArrayList<>();
		for (VolumeMount wanted : container.getVolumeMounts()) {
			Path source = directories.get(wanted.getName());
			if (source == null || !wanted.getMountPath().startsWith("/")) {
				throw notReady(wanted.getName(), "no such volume, or its mount path is not absolute");
			}
			if (wanted.getSubPath() != null) {
				source = subPath(source, wanted);
			}
			Mount.Access access = Objects.equals(wanted.getReadOnly(), true) ? Mount.Access.READ_ONLY
					: Mount.Access.READ_WRITE;
			mounts.add(new Mount(source, wanted.getMountPath(), access));
		}
		return mounts;
	}

	/** One that is not there is made, as a directory. */
	private static Path subPath(Path volume, VolumeMount wanted) throws NotReadyException {
		Path part = inside(volume, wanted.getSubPath());
		try {
			return Files.exists(part) ? part : Files.createDirectories(part);
		}
		catch (IOException ex) {
			throw notReady(wanted.getName(), ex.toString());
		}
	}

	private static Path inside(Path directory, String name) throws NotReadyException {
		Path path = directory.resolve(name).normalize();
		if (!path.startsWith(directory) || path.equals(directory)) {
			throw notReady(name, "it would lie outside of its directory");
		}
		return path;
	}

	private static NotReadyException notReady(String volume, String why) {
		return new NotReadyException("ContainerCreating", "MountVolume failed for \"" + volume + "\": " + why);
	}

}
