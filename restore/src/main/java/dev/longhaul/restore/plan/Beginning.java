package dev.longhaul.restore.plan;

import java.util.List;

import dev.longhaul.core.kit.KitId;
import dev.longhaul.core.secret.SecretRef;
import dev.longhaul.restore.bootstrap.Bootstrap;

/**
 * What a whole cluster is rebuilt from beside the bucket: the contents of a recovery kit,
 * but for the secrets themselves.
 *
 * @param kit out of which it is
 * @param secrets by name
 * @param longhorn namespace of Longhorn
 */
public record Beginning(KitId kit, Bootstrap bootstrap, List<SecretRef> secrets, String longhorn) {

	public Beginning {
		secrets = List.copyOf(secrets);
	}

}
