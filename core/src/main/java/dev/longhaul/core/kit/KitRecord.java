package dev.longhaul.core.kit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.secret.Secret;

/**
 * What a bucket tells of the newest recovery kit: no secret, so that the server, which
 * cannot open the kit, still sees when it has grown old.
 *
 * @param targetUrl of the backup target that the kit opens
 * @param recipients for whom it is encrypted; none means a passphrase
 * @param prints of the credentials of the bucket that are in it
 */
public record KitRecord(KitId id, Instant createdAt, ClusterName cluster, String targetUrl, List<Recipient> recipients,
		CredentialPrints prints) {

	/**
	 * Those of Longhorn's variables that are printed. The others are no credentials, and
	 * differ between a cluster and the machine of whoever looks after it.
	 */
	public static final Set<String> PRINTED = Set.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINTS");

	private static final int LONGEST_URL = 2048;

	private static final int MOST_RECIPIENTS = 64;

	public KitRecord {
		recipients = List.copyOf(recipients);
		if (targetUrl.isBlank() || targetUrl.length() > LONGEST_URL || recipients.size() > MOST_RECIPIENTS) {
			throw new IllegalArgumentException(
					"a kit is of one target, and for at most %d recipients".formatted(MOST_RECIPIENTS));
		}
	}

	/**
	 * Whether the kit still opens the bucket, as far as can be told without opening it.
	 * Takes some tenths of a second per credential.
	 * @param inForce Longhorn's variables of the target as they are now, by name
	 */
	public KitStanding compare(Map<String, Secret> inForce) {
		SortedSet<String> changed = prints.changed(printed(inForce));
		return changed.isEmpty() ? new KitStanding.Current(id, createdAt)
				: new KitStanding.Outdated(id, createdAt, changed);
	}

	/**
	 * What is printed of the variables of a target, without the white space that files of
	 * them end with.
	 */
	public static Map<String, Secret> printed(Map<String, Secret> variables) {
		Map<String, Secret> printed = new TreeMap<>(variables);
		printed.keySet().retainAll(PRINTED);
		printed.replaceAll((name, value) -> Secret.of(value.revealText().strip()));
		return printed;
	}

}
