package dev.longhaul.cli;

import dev.longhaul.cli.option.CommandGroup;
import picocli.CommandLine.Command;

/**
 * {@code longhaul retention hidden}: what a bucket that keeps versions still holds.
 */
@Command(name = "hidden",
		header = "Plan which hidden versions of a bucket that keeps versions go for good, and delete them.")
final class HiddenCommand extends CommandGroup {

}
