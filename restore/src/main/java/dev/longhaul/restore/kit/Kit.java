package dev.longhaul.restore.kit;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.kit.ClusterName;
import dev.longhaul.core.kit.CredentialPrints;
import dev.longhaul.core.kit.KitId;
import dev.longhaul.core.kit.KitRecord;
import dev.longhaul.core.secret.NamedSecret;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.core.secret.SecretRef;
import dev.longhaul.core.workload.DeployedChart;
import dev.longhaul.restore.bootstrap.Bootstrap;
import org.jspecify.annotations.Nullable;

/**
 * What is in a recovery kit. Its secrets are of types that do not print themselves.
 *
 * @param createdAt when what is in it was read
 * @param cluster of which it is
 * @param recipients for whom it is encrypted; none means a passphrase
 * @param repository null if the cluster is not deployed from one
 * @param secrets that have to be there before anything can make them, by namespace and
 * name
 * @param charts that were in force, by application
 * @param bootstrap what the cluster is begun with, beside these Secrets
 * @param signingKeys public keys in PEM, whose signatures in the bucket are believed
 * @param notes in the owner's own words; may be empty
 */
public record Kit(Instant createdAt, ClusterName cluster, List<Recipient> recipients, KitBucket bucket,
		KitLonghorn longhorn, @Nullable KitRepository repository, List<NamedSecret> secrets, List<DeployedChart> charts,
		Bootstrap bootstrap, List<String> signingKeys, String notes) {

	/** Of one value. It is a kit, and no backup of all Secrets. */
	public static final int LARGEST_SECRET = 32 * 1024;

	/** Of the notes, in characters. */
	public static final int LONGEST_NOTES = 16 * 1024;

	private static final int MOST_SECRETS = 100;

	private static final int MOST_CHARTS = 500;

	private static final int MOST_KEYS = 16;

	private static final int LONGEST_KEY = 8 * 1024;

	public Kit {
		recipients = List.copyOf(recipients);
		secrets = secrets.stream().sorted(Comparator.comparing(NamedSecret::ref)).toList();
		charts = charts.stream().sorted(Comparator.comparing(DeployedChart::application)).toList();
		signingKeys = List.copyOf(signingKeys);
		if (secrets.size() > MOST_SECRETS || charts.size() > MOST_CHARTS || signingKeys.size() > MOST_KEYS) {
			throw new IllegalArgumentException("a kit has at most %d Secrets, %d charts and %d keys"
				.formatted(MOST_SECRETS, MOST_CHARTS, MOST_KEYS));
		}
		if (notes.length() > LONGEST_NOTES || signingKeys.stream().anyMatch(key -> key.length() > LONGEST_KEY)) {
			throw new IllegalArgumentException(
					"notes have at most %d characters, and a key %d".formatted(LONGEST_NOTES, LONGEST_KEY));
		}
		requireNoneTwice(secrets, longhorn.credentials());
		requireSmall(secrets, bucket, repository);
	}

	private static void requireNoneTwice(List<NamedSecret> secrets, SecretRef own) {
		Set<SecretRef> seen = new HashSet<>(Set.of(own));
		for (NamedSecret secret : secrets) {
			if (!seen.add(secret.ref())) {
				throw new IllegalArgumentException("Secret %s is in it twice".formatted(secret.ref()));
			}
		}
	}

	private static void requireSmall(List<NamedSecret> secrets, KitBucket bucket, @Nullable KitRepository repository) {
		Stream<Secret> others = Stream.concat(bucket.variables().values().stream(),
				(repository != null) ? repository.credentials().values().stream() : Stream.empty());
		if (Stream.concat(secrets.stream().flatMap(secret -> secret.data().values().stream()), others)
			.anyMatch(secret -> secret.reveal().length > LARGEST_SECRET)) {
			throw new IllegalArgumentException(
					"a value of a Secret in a kit has at most %d KiB".formatted(LARGEST_SECRET / 1024));
		}
	}

	public Optional<KitRepository> deployedFrom() {
		return Optional.ofNullable(repository);
	}

	public Optional<NamedSecret> secret(SecretRef ref) {
		return secrets.stream().filter(secret -> secret.ref().equals(ref)).findFirst();
	}

	/** The Secret that Longhorn's backup target names, as it has to be made again. */
	public NamedSecret credentialSecret() {
		return new NamedSecret(longhorn.credentials(), NamedSecret.OPAQUE, bucket.variables());
	}

	/**
	 * Makes sure that this kit is of a cluster.
	 * @throws RefusedRequest if it is of another one
	 */
	public void requireOf(ClusterName name) {
		if (!cluster.equals(name)) {
			throw new RefusedRequest(FailureCode.KIT_REFUSED,
					"the kit is of cluster '%s' and not of '%s'".formatted(cluster, name),
					"take the kit of that cluster; its page and 'longhaul kit show' say of which one a kit is");
		}
	}

	/**
	 * Makes sure that this kit opens a backup target.
	 * @throws RefusedRequest if it is of another one
	 */
	public void requireOf(TargetUrl target) {
		if (!bucket.url().equals(target)) {
			throw new RefusedRequest(FailureCode.KIT_REFUSED,
					"the kit opens %s and not %s".formatted(bucket.url(), target),
					"take the kit of that target; its page and 'longhaul kit show' say what a kit opens");
		}
	}

	/**
	 * What may be told of it beside the backups. Takes some tenths of a second per
	 * credential.
	 */
	public KitRecord record(KitId id, SecureRandom random) {
		return new KitRecord(id, createdAt, cluster, bucket.url().toString(), recipients,
				CredentialPrints.of(KitRecord.printed(bucket.variables()), random));
	}

	@Override
	public String toString() {
		return "Kit[%s of %s, %d Secrets]".formatted(cluster, createdAt, secrets.size());
	}

}
