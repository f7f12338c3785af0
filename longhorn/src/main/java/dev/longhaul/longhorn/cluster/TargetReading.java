package dev.longhaul.longhorn.cluster;

import java.util.List;

import dev.longhaul.core.backup.BackupTarget;
import dev.longhaul.longhorn.crd.BackupTargetSpec;
import dev.longhaul.longhorn.crd.BackupTargetStatus;
import dev.longhaul.longhorn.crd.backuptargetstatus.Conditions;
import org.jspecify.annotations.Nullable;

/**
 * Longhorn's BackupTarget objects, read.
 */
final class TargetReading {

	private TargetReading() {
	}

	/**
	 * @throws IllegalArgumentException if the object has no name
	 */
	static BackupTarget read(dev.longhaul.longhorn.crd.BackupTarget wire) {
		String name = Wire.name(wire);
		BackupTargetSpec spec = (wire.getSpec() != null) ? wire.getSpec() : new BackupTargetSpec();
		BackupTargetStatus status = (wire.getStatus() != null) ? wire.getStatus() : new BackupTargetStatus();
		String url = Wire.text(spec.getBackupTargetURL());
		boolean available = Boolean.TRUE.equals(status.getAvailable());
		return new BackupTarget(name, url, Wire.text(spec.getCredentialSecret()), available,
				available ? "" : reason(url, status.getConditions()));
	}

	private static String reason(String url, @Nullable List<@Nullable Conditions> conditions) {
		if (conditions != null) {
			for (Conditions condition : conditions) {
				if (condition != null && "Unavailable".equals(condition.getType())
						&& !Wire.text(condition.getMessage()).isBlank()) {
					return ServerText.oneLine(condition.getMessage());
				}
			}
		}
		return url.isEmpty() ? "the target has no URL" : "Longhorn has not said why";
	}

}
