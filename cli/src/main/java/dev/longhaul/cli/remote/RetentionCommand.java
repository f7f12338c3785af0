package dev.longhaul.cli.remote;

import dev.longhaul.cli.option.CommandGroup;
import picocli.CommandLine.Command;

/**
 * {@code longhaul remote retention}.
 */
@Command(name = "retention", header = "Have the server plan which restore points stay, and remove the others.")
final class RetentionCommand extends CommandGroup {

}
