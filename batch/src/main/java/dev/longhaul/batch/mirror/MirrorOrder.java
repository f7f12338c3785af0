package dev.longhaul.batch.mirror;

import java.time.Duration;

import dev.longhaul.backupstore.mirror.Mirror;
import dev.longhaul.backupstore.mirror.Side;
import dev.longhaul.core.job.Applications;
import org.jspecify.annotations.Nullable;

/**
 * What a mirror is to do.
 *
 * @param applications whose volumes are copied; with all of them, everything in the
 * source
 * @param retry how long a run whose calls fail for the moment is repeated; it goes on
 * where it was
 */
public record MirrorOrder(Applications applications, End from, End to, Mirror.Settings settings, Duration retry) {

	/**
	 * One of the two targets.
	 *
	 * @param name as the server's configuration has it
	 * @param url by which verdicts name it
	 * @param medium the kind of medium
	 * @param site where it is, in the user's words; null if not declared
	 */
	public record End(String name, String url, String medium, @Nullable String site, Side side) {
	}

}
