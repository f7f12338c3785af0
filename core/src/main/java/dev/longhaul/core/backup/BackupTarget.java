package dev.longhaul.core.backup;

/**
 * A backup target as the cluster reports it. The credential stays where it is; only the
 * name of its Secret is known here.
 *
 * @param url Longhorn's URL, empty if unset
 * @param credentialSecret the name of a Secret in Longhorn's namespace, empty if none
 * @param available whether Longhorn could reach it when it last looked
 * @param message why not, empty if available
 */
public record BackupTarget(String name, String url, String credentialSecret, boolean available, String message) {

}
