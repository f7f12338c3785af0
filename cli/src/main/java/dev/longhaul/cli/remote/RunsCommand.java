package dev.longhaul.cli.remote;

import dev.longhaul.cli.option.CommandGroup;
import picocli.CommandLine.Command;

/**
 * {@code longhaul remote runs}.
 */
@Command(name = "runs", header = "See what ran and runs; start, watch and cancel.")
final class RunsCommand extends CommandGroup {

}
