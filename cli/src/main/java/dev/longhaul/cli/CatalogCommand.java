package dev.longhaul.cli;

import dev.longhaul.cli.option.CommandGroup;
import picocli.CommandLine.Command;

/**
 * {@code longhaul catalog}: what nights have recorded in the bucket.
 */
@Command(name = "catalog", header = "Work with what nights have recorded in a backup target.")
final class CatalogCommand extends CommandGroup {

}
