package dev.longhaul.cli.remote;

import dev.longhaul.cli.option.CommandGroup;
import picocli.CommandLine.Command;

/**
 * {@code longhaul remote audit}.
 */
@Command(name = "audit", header = "See what was done on the server and by whom, and copy it into the bucket.")
final class AuditCommand extends CommandGroup {

}
