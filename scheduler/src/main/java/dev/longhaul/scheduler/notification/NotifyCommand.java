package dev.longhaul.scheduler.notification;

import picocli.CommandLine.Command;

/**
 * What can be done about notifications from the command line.
 */
@Command(name = "notify", description = "Try out notifications.", mixinStandardHelpOptions = true)
public final class NotifyCommand {

}
