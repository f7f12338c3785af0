package dev.longhaul.scheduler.audit;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import picocli.CommandLine.Command;

/**
 * What can be asked of the audit log from the command line.
 */
@Command(name = "audit", description = "Check the audit log.", mixinStandardHelpOptions = true,
		synopsisSubcommandLabel = "(verify)")
public final class AuditCommand implements Runnable {

	@Override
	public void run() {
		throw new RefusedRequest(FailureCode.INVALID_USAGE, "missing required subcommand",
				"longhaul-server audit verify");
	}

}
