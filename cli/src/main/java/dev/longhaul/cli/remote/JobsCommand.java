package dev.longhaul.cli.remote;

import dev.longhaul.cli.option.CommandGroup;
import picocli.CommandLine.Command;

/**
 * {@code longhaul remote jobs}.
 */
@Command(name = "jobs", header = "See the jobs in force, and change them by commits of the server.")
final class JobsCommand extends CommandGroup {

}
