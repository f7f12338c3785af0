package dev.longhaul.core.cluster;

import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.secret.NamedSecret;

/**
 * Gives a new cluster what it begins with. What is there already stays as it is. Failures
 * are those of {@link VolumeCluster}.
 */
public interface BootstrapObjects {

	/**
	 * @param object a Namespace, StorageClass, ConfigMap, AppProject or Application
	 * @return false if one of its kind and name was there
	 */
	boolean create(JsonObject object);

	/**
	 * @return false if one of its name was there
	 */
	boolean create(NamedSecret secret);

}
