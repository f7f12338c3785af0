package dev.longhaul.cli;

import dev.longhaul.cli.option.CommandGroup;
import picocli.CommandLine.Command;

/**
 * {@code longhaul gitops}: Longhaul's own place in the GitOps repository.
 */
@Command(name = "gitops", header = "Work with the GitOps repository that Longhaul itself is declared in.")
final class GitopsCommand extends CommandGroup {

}
