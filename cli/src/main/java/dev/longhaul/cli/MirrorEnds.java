package dev.longhaul.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;

import dev.longhaul.backupstore.mirror.Side;
import dev.longhaul.backupstore.target.SeparatePlaces;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.TargetVariables;
import dev.longhaul.cli.terminal.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A backup target and its mirror.
 */
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without its
									// parameters
final class MirrorEnds {

	private static final String CREDENTIALS = "--to-credentials";

	@Parameters(index = "0", paramLabel = "SRC", description = "The backup target to copy, as 'longhaul ls' takes it.")
	private TargetUrl source;

	@Parameters(index = "1", paramLabel = "DST",
			description = "Its copy: s3://bucket@region/path, or file:///directory, which must exist.")
	private TargetUrl destination;

	@Option(names = CREDENTIALS, paramLabel = "DIR",
			description = "A directory with a file for each variable of the destination, as a Secret is mounted. "
					+ "Default: the same variables as for the source.")
	private @Nullable Path credentials;

	TargetUrl source() {
		return source;
	}

	TargetUrl destination() {
		return destination;
	}

	/**
	 * Opens both, lets something be done with them and closes them, whatever happens.
	 * @throws dev.longhaul.core.failure.RefusedRequest if they are the same place, or one
	 * lies in the other
	 */
	<T> T with(Surroundings surroundings, TargetOpener targets, BiFunction<Side, Side, T> work) {
		Map<String, String> environment = surroundings.environment();
		Map<String, String> variables = TargetVariables.read(credentials, CREDENTIALS, environment);
		SeparatePlaces.require(source, environment, destination, variables);
		return targets.with(source, environment, (from, layout) -> targets.with(destination, variables,
				(to, layoutThere) -> work.apply(new Side(from, layout), new Side(to, layoutThere))));
	}

}
