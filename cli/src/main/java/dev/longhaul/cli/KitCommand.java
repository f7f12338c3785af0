package dev.longhaul.cli;

import dev.longhaul.cli.option.CommandGroup;
import picocli.CommandLine.Command;

/**
 * {@code longhaul kit}: the one file to keep outside of everything.
 */
@Command(name = "kit", header = "The recovery kit: one encrypted file that restoring a lost cluster begins with.")
final class KitCommand extends CommandGroup {

}
