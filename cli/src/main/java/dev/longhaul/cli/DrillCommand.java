package dev.longhaul.cli;

import dev.longhaul.cli.option.CommandGroup;
import picocli.CommandLine.Command;

/**
 * {@code longhaul restore drill}: restores that nobody needed.
 */
@Command(name = "drill", header = "Rehearse a restore in a throw-away namespace, time it and check what starts.")
final class DrillCommand extends CommandGroup {

}
