package dev.longhaul.cli;

import dev.longhaul.cli.option.CommandGroup;
import picocli.CommandLine.Command;

/**
 * {@code longhaul extra}: what only a mirror has.
 */
@Command(name = "extra", header = "Plan what may go of what only a mirror has, and remove it.")
final class ExtraCommand extends CommandGroup {

}
