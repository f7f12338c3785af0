package dev.longhaul.cli;

import picocli.CommandLine.Command;

/**
 * {@code longhaul exports}: the streams that nights kept beside volumes.
 */
@Command(name = "exports", header = "Work with the dumps that nights kept beside the volumes.")
final class ExportsCommand extends CommandGroup {

}
