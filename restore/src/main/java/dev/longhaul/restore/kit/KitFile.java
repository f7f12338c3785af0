package dev.longhaul.restore.kit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.longhaul.backupstore.file.NewFile;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.stream.AgeDocument;
import dev.longhaul.backupstore.stream.AgeKey;
import dev.longhaul.backupstore.stream.AgeLock;
import dev.longhaul.backupstore.stream.OpenedDocument;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.kit.KitId;
import dev.longhaul.core.volume.ByteSize;

/**
 * A recovery kit as it is kept: one small file, encrypted as the tool age does, which
 * opens it too. Without {@link #open} nothing is known of it but which one it is.
 */
public final class KitFile {

	private final byte[] bytes;

	private KitFile(byte[] bytes) {
		this.bytes = bytes;
	}

	/**
	 * Takes what was kept, as bytes or as the text that {@code age --armor} makes of
	 * them. Nothing is checked before it is opened.
	 * @param stored at most {@value AgeDocument#LARGEST_FILE} bytes
	 */
	public static KitFile of(byte[] stored) {
		if (stored.length > AgeDocument.LARGEST_FILE) {
			throw tooLarge("it");
		}
		return new KitFile(AgeDocument.unarmored(stored).clone());
	}

	/**
	 * @throws RefusedRequest if the file cannot be read, or is too large to be a kit
	 */
	public static KitFile read(Path file) {
		try (InputStream content = Files.newInputStream(file)) {
			byte[] stored = content.readNBytes(AgeDocument.LARGEST_FILE + 1);
			if (stored.length > AgeDocument.LARGEST_FILE) {
				throw tooLarge("'%s'".formatted(file));
			}
			return of(stored);
		}
		catch (IOException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "the kit '%s' cannot be read".formatted(file),
					"name the file that 'longhaul kit create' wrote", ex);
		}
	}

	private static RefusedRequest tooLarge(String what) {
		return new RefusedRequest(FailureCode.INVALID_USAGE,
				"%s is no recovery kit: it has more than %s".formatted(what, new ByteSize(AgeDocument.LARGEST_FILE)),
				"name the file that 'longhaul kit create' wrote");
	}

	/**
	 * Locks a kit. It is opened again before it is handed out, so that what cannot be
	 * read is noticed today.
	 * @throws RefusedRequest if it would be larger than a kit may be, or cannot be
	 * encrypted
	 */
	public static KitFile lock(Kit kit, AgeLock lock) {
		return lock(kit, lock, AgeDocument.usual());
	}

	static KitFile lock(Kit kit, AgeLock lock, AgeDocument age) {
		List<Recipient> recipients = (lock instanceof AgeLock.ForRecipients chosen) ? chosen.recipients() : List.of();
		if (!recipients.equals(kit.recipients())) {
			throw new IllegalArgumentException("the kit names other recipients than it is locked for");
		}
		byte[] plain = KitJson.write(kit);
		if (plain.length > AgeDocument.LARGEST) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"the kit would have %s, and at most %s are read again".formatted(new ByteSize(plain.length),
							new ByteSize(AgeDocument.LARGEST)),
					"put fewer Secrets into it: only those that nothing else can make again");
		}
		requireReadable(kit, plain);
		return new KitFile(age.encrypt(plain, lock));
	}

	private static void requireReadable(Kit kit, byte[] plain) {
		try {
			if (!KitJson.read(plain).equals(kit)) {
				throw new IllegalStateException("a kit is read as another one than was written");
			}
		}
		catch (MalformedException | NewerKitException ex) {
			throw new IllegalStateException("a kit that was written cannot be read", ex);
		}
	}

	/** Which one it is; no secret. */
	public KitId id() {
		return KitId.of(bytes);
	}

	/** Whether a passphrase opens it, and no identity. */
	public boolean needsPassphrase() {
		return AgeDocument.needsPassphrase(bytes);
	}

	public ByteSize size() {
		return new ByteSize(bytes.length);
	}

	/**
	 * All that is in it, or a failure: never a part.
	 * @throws RefusedRequest if the key is none that opens it, or a newer version wrote
	 * it
	 * @throws DamagedData if it was cut or changed
	 */
	public Kit open(AgeKey key) {
		OpenedDocument opened = AgeDocument.open(bytes, key);
		if (opened instanceof OpenedDocument.Locked locked) {
			throw new RefusedRequest(FailureCode.KIT_REFUSED,
					"kit %s stays closed: %s".formatted(id(), locked.reason()),
					"its page says what opens it; without that take an older kit, or the credentials from where they "
							+ "were put in");
		}
		if (opened instanceof OpenedDocument.Damaged damaged) {
			throw damaged(damaged.reason());
		}
		return read(((OpenedDocument.Whole) opened).content().reveal());
	}

	private Kit read(byte[] plain) {
		try {
			return KitJson.read(plain);
		}
		catch (NewerKitException ex) {
			throw new RefusedRequest(FailureCode.KIT_REFUSED, String.valueOf(ex.getMessage()),
					"use the Longhaul that wrote it, or a newer one; age -d shows what is in it", ex);
		}
		catch (MalformedException ex) {
			throw damaged("what is in it is not what Longhaul wrote: " + ex.getMessage());
		}
	}

	private DamagedData damaged(String reason) {
		return new DamagedData(FailureCode.KIT_DAMAGED, "kit %s is no use: %s".formatted(id(), reason),
				"take another copy of it, or an older kit; its page has the SHA-256 that sha256sum must show");
	}

	/**
	 * Writes it so that at any moment there is the file that was there before, or all of
	 * this one. Nobody but its owner may read it.
	 * @param replace whether a file that is there may go
	 * @throws RefusedRequest if there is one that may not, or it cannot be written
	 */
	public void write(Path target, boolean replace) {
		try (NewFile file = replace ? NewFile.createOrReplace(target, size()) : NewFile.create(target, size())) {
			file.write(0, bytes);
			file.publish();
		}
	}

	/** For people: {@code kit 7f3a9c}. */
	@Override
	public String toString() {
		return "kit " + id();
	}

}
