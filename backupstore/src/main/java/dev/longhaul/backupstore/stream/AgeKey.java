package dev.longhaul.backupstore.stream;

/**
 * What opens something that was encrypted as age does: identities or a passphrase.
 */
public sealed interface AgeKey permits Identities, Passphrase {

}
