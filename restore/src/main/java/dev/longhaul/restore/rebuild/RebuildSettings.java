package dev.longhaul.restore.rebuild;

import dev.longhaul.core.time.Patience;

/**
 * How patient a rebuild is.
 *
 * @param arrival of Argo CD or Longhorn, from when it was installed until it is at work
 * @param wave until the Applications of one are well; then the next one begins all the
 * same
 * @param end until all are well, when all have been synced
 * @param attempts to sync an Application, at least 1
 */
public record RebuildSettings(Patience arrival, Patience wave, Patience end, int attempts) {

	public RebuildSettings {
		if (attempts < 1) {
			throw new IllegalArgumentException("an Application is synced in %d attempts?".formatted(attempts));
		}
	}

}
