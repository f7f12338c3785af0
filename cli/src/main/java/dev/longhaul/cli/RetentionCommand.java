package dev.longhaul.cli;

import dev.longhaul.cli.option.CommandGroup;
import picocli.CommandLine.Command;

/**
 * {@code longhaul retention}: which restore points stay.
 */
@Command(name = "retention", header = "Plan which restore points stay, and remove the others through Longhorn.")
final class RetentionCommand extends CommandGroup {

}
