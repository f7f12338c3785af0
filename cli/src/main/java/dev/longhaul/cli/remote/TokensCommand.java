package dev.longhaul.cli.remote;

import dev.longhaul.cli.option.CommandGroup;
import picocli.CommandLine.Command;

/**
 * {@code longhaul remote tokens}.
 */
@Command(name = "tokens", header = "See, make and revoke tokens of the server.")
final class TokensCommand extends CommandGroup {

}
