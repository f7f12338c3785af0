package dev.longhaul.cli;

import dev.longhaul.cli.option.CommandGroup;
import picocli.CommandLine.Command;

/**
 * {@code longhaul jobs}: what is declared in the GitOps repository.
 */
@Command(name = "jobs", header = "Work with the applications and jobs that are declared in Git.")
final class JobsCommand extends CommandGroup {

}
