package dev.longhaul.simulator.longhorn;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.longhorn.crd.BackupTarget;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Stored;
import dev.longhaul.simulator.engine.Target;
import io.fabric8.kubernetes.api.model.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The stores of backup targets, opened with what the BackupTarget and its Secret say now.
 */
public final class TargetStores implements AutoCloseable {

	private final LonghornObjects objects;

	private final StoreOpener opener;

	private final Map<Place, ObjectStore> open = new ConcurrentHashMap<>();

	public TargetStores(LonghornObjects objects, StoreOpener opener) {
		this.objects = objects;
		this.opener = opener;
	}

	/** Makes a store of a URL and the data of its Secret. */
	@FunctionalInterface
	public interface StoreOpener {

		/**
		 * @param variables as Longhorn names them: {@code AWS_ENDPOINTS} and so on
		 * @throws RefusedRequest if one is missing or wrong
		 */
		ObjectStore open(TargetUrl url, Map<String, String> variables);

	}

	/**
	 * @throws RefusedRequest if the target has no URL, or the URL or the Secret is wrong
	 */
	public Target open(Stored<BackupTarget> target) {
		String url = target.view().getSpec().getBackupTargetURL();
		if (url == null || url.isEmpty()) {
			throw new RefusedRequest(FailureCode.INVALID_TARGET_URL, "backup target URL is empty",
					"set it: kubectl edit backuptarget " + target.name());
		}
		Place place = new Place(url, secret(target.view().getSpec().getCredentialSecret()));
		TargetUrl parsed = TargetUrl.parse(url);
		ObjectStore store = open.computeIfAbsent(place, key -> opener.open(parsed, key.variables()));
		return new Target(target.name(), url, store, new BackupstoreLayout(parsed.path()));
	}

	private Map<String, String> secret(@Nullable String name) {
		if (name == null || name.isEmpty()) {
			return Map.of();
		}
		Secret secret = objects.client().secrets().inNamespace(objects.namespace()).withName(name).get();
		if (secret == null) {
			throw new RefusedRequest(FailureCode.MISSING_CREDENTIALS, "secret \"" + name + "\" not found",
					"create it in namespace " + objects.namespace());
		}
		Map<String, String> variables = new HashMap<>();
		if (secret.getData() != null) {
			secret.getData()
				.forEach((key, value) -> variables.put(key,
						new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
		}
		return variables;
	}

	@Override
	public void close() {
		open.values().forEach(ObjectStore::close);
	}

	/** The secrets are part of what is compared, and of nothing that is printed. */
	private record Place(String url, Map<String, String> variables) {

		@Override
		public String toString() {
			return url;
		}

	}

}
