package dev.longhaul.cli;

import dev.longhaul.cli.option.CommandGroup;
import picocli.CommandLine.Command;

/**
 * {@code longhaul restore standby}: volumes that follow the backups of others.
 */
@Command(name = "standby", header = "Keep volumes that follow the newest backups, ready for the day they are needed.")
final class StandbyCommand extends CommandGroup {

}
