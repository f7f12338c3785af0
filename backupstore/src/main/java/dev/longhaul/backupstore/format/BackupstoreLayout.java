package dev.longhaul.backupstore.format;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.StoredName;
import dev.longhaul.core.volume.VolumeName;

/**
 * Where everything lies in a backup target: the only class that builds or takes apart
 * keys.
 *
 * <pre>
 * &lt;path&gt;backupstore/volumes/&lt;h1&gt;/&lt;h2&gt;/&lt;volume&gt;/
 *     volume.cfg
 *     backups/backup_&lt;backup&gt;.cfg
 *     blocks/&lt;c1&gt;/&lt;c2&gt;/&lt;checksum&gt;.blk
 *     locks/lock-&lt;16 hex&gt;.lck
 * &lt;path&gt;longhaul/                     ours, beside Longhorn's
 * </pre>
 *
 * {@code h1} and {@code h2} are the first two bytes of the SHA-512 of the volume's name,
 * {@code c1} and {@code c2} those of the block's checksum, in hexadecimal.
 */
public final class BackupstoreLayout {

	private static final Pattern IN_VOLUME = Pattern.compile("([0-9a-f]{2}/[0-9a-f]{2})/([^/]+)/(.+)");

	private static final Pattern LOCK = Pattern.compile("lock-[0-9a-f]{16}\\.lck");

	private static final String MANIFEST_PREFIX = "backup_";

	private static final String MANIFEST_SUFFIX = ".cfg";

	private static final String BLOCK_SUFFIX = ".blk";

	private final String path;

	/**
	 * @param path of the target within the bucket: empty, or ending with a slash
	 */
	public BackupstoreLayout(String path) {
		if (!path.isEmpty() && !path.endsWith("/")) {
			throw new IllegalArgumentException("the path of a target is empty or ends with '/': '" + path + "'");
		}
		this.path = path;
	}

	/** The target's own path: empty, or ending with a slash. */
	public String path() {
		return path;
	}

	/** Everything of Longhorn's. */
	public String backupstorePrefix() {
		return path + "backupstore/";
	}

	public String volumesPrefix() {
		return backupstorePrefix() + "volumes/";
	}

	/** Everything of Longhaul's own. */
	public String longhaulPrefix() {
		return path + "longhaul/";
	}

	public String volumePrefix(VolumeName volume) {
		return volumesPrefix() + volumeHash(volume.value()) + "/" + volume + "/";
	}

	public String volumeConfig(VolumeName volume) {
		return volumePrefix(volume) + "volume.cfg";
	}

	public String manifestsPrefix(VolumeName volume) {
		return volumePrefix(volume) + "backups/";
	}

	public String manifest(VolumeName volume, BackupName backup) {
		return manifestsPrefix(volume) + MANIFEST_PREFIX + backup + MANIFEST_SUFFIX;
	}

	public String blocksPrefix(VolumeName volume) {
		return volumePrefix(volume) + "blocks/";
	}

	public String block(VolumeName volume, Checksum checksum) {
		return blocksPrefix(volume) + blockPath(checksum);
	}

	public String locksPrefix(VolumeName volume) {
		return volumePrefix(volume) + "locks/";
	}

	/**
	 * @param name {@code lock-} and 16 hexadecimal digits
	 */
	public String lock(VolumeName volume, String name) {
		return locksPrefix(volume) + name + ".lck";
	}

	/** A key before that of every block whose checksum is not less than the given one. */
	public String justBeforeBlock(VolumeName volume, Checksum checksum) {
		String key = block(volume, checksum);
		return key.substring(0, key.length() - BLOCK_SUFFIX.length());
	}

	/** A key after that of every block of the volume and before that of anything else. */
	public String afterBlocks(VolumeName volume) {
		return volumePrefix(volume) + "blocks0";
	}

	/** A key after everything of the volume and before that of any other. */
	public String afterVolume(VolumeName volume) {
		String folder = volumePrefix(volume);
		return folder.substring(0, folder.length() - 1) + "0";
	}

	/**
	 * Takes a key apart.
	 * @return what it is, or empty if it is nothing of a volume: a key of something else,
	 * or one that no Longhorn writes and that is therefore not trusted
	 */
	public Optional<StoreKey> parse(String key) {
		if (!key.startsWith(volumesPrefix())) {
			return Optional.empty();
		}
		Matcher inVolume = IN_VOLUME.matcher(key.substring(volumesPrefix().length()));
		if (!inVolume.matches() || !StoredName.isValid(inVolume.group(2))
				|| !volumeHash(inVolume.group(2)).equals(inVolume.group(1))) {
			return Optional.empty();
		}
		return parseWithinVolume(new VolumeName(inVolume.group(2)), inVolume.group(3));
	}

	private static Optional<StoreKey> parseWithinVolume(VolumeName volume, String rest) {
		int slash = rest.indexOf('/');
		String name = rest.substring(slash + 1);
		return switch (rest.substring(0, slash + 1)) {
			case "" -> name.equals("volume.cfg") ? Optional.of(new StoreKey.VolumeConfigKey(volume)) : Optional.empty();
			case "backups/" -> manifestName(name).map(backup -> new StoreKey.ManifestKey(volume, backup));
			case "blocks/" -> blockChecksum(name).map(checksum -> new StoreKey.BlockKey(volume, checksum));
			case "locks/" ->
				LOCK.matcher(name).matches() ? Optional.of(new StoreKey.LockKey(volume)) : Optional.empty();
			default -> Optional.empty();
		};
	}

	private static Optional<BackupName> manifestName(String file) {
		if (!file.startsWith(MANIFEST_PREFIX) || !file.endsWith(MANIFEST_SUFFIX)
				|| file.length() < MANIFEST_PREFIX.length() + MANIFEST_SUFFIX.length()) {
			return Optional.empty();
		}
		String name = file.substring(MANIFEST_PREFIX.length(), file.length() - MANIFEST_SUFFIX.length());
		return StoredName.isValid(name) ? Optional.of(new BackupName(name)) : Optional.empty();
	}

	private static Optional<Checksum> blockChecksum(String path) {
		int hexStart = path.lastIndexOf('/') + 1;
		int hexEnd = hexStart + Checksum.HEX_LENGTH;
		if (path.length() != hexEnd + BLOCK_SUFFIX.length() || !Checksum.isChecksum(path.substring(hexStart, hexEnd))) {
			return Optional.empty();
		}
		Checksum checksum = Checksum.parse(path.substring(hexStart, hexEnd));
		return path.equals(blockPath(checksum)) ? Optional.of(checksum) : Optional.empty();
	}

	private static String blockPath(Checksum checksum) {
		String hex = checksum.hex();
		return hex.substring(0, 2) + "/" + hex.substring(2, 4) + "/" + hex + BLOCK_SUFFIX;
	}

	private static String volumeHash(String volume) {
		byte[] digest = Checksum.newSha512().digest(volume.getBytes(StandardCharsets.UTF_8));
		HexFormat hex = HexFormat.of();
		return hex.toHexDigits(digest[0]) + "/" + hex.toHexDigits(digest[1]);
	}

}
