package dev.longhaul.cli;

import dev.longhaul.backupstore.target.TargetUrl;
import picocli.CommandLine.Parameters;

/**
 * The target that a command works on.
 */
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without it
final class TargetParameter {

	@Parameters(paramLabel = "URL", description = { "The backup target: s3://bucket@region/path as Longhorn has it,",
			"or file:///directory, which holds backupstore/." })
	private TargetUrl url;

	TargetUrl url() {
		return url;
	}

}
