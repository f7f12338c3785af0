package dev.longhaul.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.mirror.Side;
import dev.longhaul.backupstore.target.SeparatePlaces;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.TargetVariables;
import dev.longhaul.backupstore.write.LockPace;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.restore.bucket.ReachedBucket;
import dev.longhaul.restore.bucket.SourceBucket;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The bucket of a restore that goes on, and what its blocks are mended from.
 */
final class RestoreBucketOption {

	private static final String CREDENTIALS = "--mirror-credentials";

	@Option(names = "--mirror", paramLabel = "URL",
			description = "A copy of the plan's bucket, as 'longhaul mirror' makes one. Blocks that the bucket has lost "
					+ "are put back from it, if they prove good.")
	private @Nullable TargetUrl mirror;

	@Option(names = CREDENTIALS, paramLabel = "DIR",
			description = "A directory with a file for each variable of the mirror, as a Secret is mounted. "
					+ "Default: the same variables as for the bucket.")
	private @Nullable Path credentials;

	/**
	 * What opens the bucket of a plan. Never printed.
	 *
	 * @param variables by Longhorn's names, credentials among them
	 * @param named how {@code longhaul restore plan} is told of it
	 */
	record BucketKey(Map<String, String> variables, Seal seal, String named) {

		@Override
		public String toString() {
			return named;
		}

	}

	/**
	 * Opens the bucket, lets something be done with it and closes it, whatever happens.
	 * @param key null if there is none: then only Longhorn reads the bucket
	 * @throws RefusedRequest if the mirror is the bucket, or there is a mirror and no key
	 */
	<T> T with(TargetUrl bucket, @Nullable BucketKey key, Surroundings surroundings, TargetOpener targets,
			Function<SourceBucket, T> work) {
		TargetUrl copy = mirror;
		if (key == null) {
			if (copy != null) {
				throw new RefusedRequest(FailureCode.MISSING_CREDENTIALS,
						"blocks of '%s' would be put back into '%s', and there is no key to it".formatted(copy, bucket),
						"set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_ENDPOINTS, or name a recovery kit with --kit");
			}
			return work.apply(SourceBucket.OUT_OF_REACH);
		}
		if (copy == null) {
			return targets.with(bucket, key.variables(),
					(store, layout) -> work.apply(reached(new Side(store, layout), null, key, surroundings)));
		}
		Map<String, String> variables = TargetVariables.read(credentials, CREDENTIALS, key.variables());
		SeparatePlaces.require(bucket, key.variables(), copy, variables);
		return targets.with(bucket, key.variables(),
				(store, layout) -> targets.with(copy, variables, (there, layoutThere) -> work
					.apply(reached(new Side(store, layout), new Side(there, layoutThere), key, surroundings))));
	}

	private static SourceBucket reached(Side bucket, @Nullable Side copy, BucketKey key, Surroundings surroundings) {
		return new ReachedBucket(bucket, copy, key.seal(), key.named(), LockPace.LONGHORN, surroundings.clock(),
				surroundings.pause());
	}

}
