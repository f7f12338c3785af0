package dev.longhaul.cli;

import dev.longhaul.cli.option.CommandGroup;
import picocli.CommandLine.Command;

/**
 * {@code longhaul restore}: from the bucket back into a cluster, or into files.
 */
@Command(name = "restore", header = "Bring applications back from the bucket, into a cluster or into files.")
final class RestoreCommand extends CommandGroup {

}
