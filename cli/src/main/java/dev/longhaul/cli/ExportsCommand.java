package dev.longhaul.cli;

import dev.longhaul.cli.option.CommandGroup;
import picocli.CommandLine.Command;

/**
 * {@code longhaul exports}: the streams that nights kept beside volumes.
 */
@Command(name = "exports", header = "Bring back what nights kept beside the volumes: dumps, objects, the repository.")
final class ExportsCommand extends CommandGroup {

}
