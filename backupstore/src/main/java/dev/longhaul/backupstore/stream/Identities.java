package dev.longhaul.backupstore.stream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;

/**
 * Secret keys of age, from a file as {@code age-keygen} writes it: one on a line,
 * comments behind {@code #}. Says nothing of them.
 */
public final class Identities implements AgeKey {

	private static final int LARGEST_FILE = 64 * 1024;

	private final String source;

	private final List<RecipientStanzaReader> readers;

	private Identities(String source, List<RecipientStanzaReader> readers) {
		this.source = source;
		this.readers = readers;
	}

	/** For exports that are not encrypted. */
	public static Identities none() {
		return new Identities("none", List.of());
	}

	/**
	 * @throws RefusedRequest if the file cannot be read or holds anything but identities
	 */
	public static Identities read(Path file) {
		List<RecipientStanzaReader> readers = new ArrayList<>();
		int number = 0;
		for (String line : lines(file)) {
			number++;
			if (!line.isBlank() && !line.startsWith("#")) {
				readers.add(reader(file, number, line.strip()));
			}
		}
		if (readers.isEmpty()) {
			throw refused("there is no identity in %s".formatted(file), null);
		}
		return new Identities(file.toString(), readers);
	}

	/**
	 * Whether others than its owner may read a file; not, where there are no such
	 * permissions.
	 */
	public static boolean isOpenToOthers(Path file) {
		try {
			return Files.getPosixFilePermissions(file)
				.stream()
				.anyMatch(EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ)::contains);
		}
		catch (UnsupportedOperationException | IOException ex) {
			return false;
		}
	}

	private static List<String> lines(Path file) {
		try (InputStream content = Files.newInputStream(file)) {
			byte[] bytes = content.readNBytes(LARGEST_FILE + 1);
			if (bytes.length > LARGEST_FILE) {
				throw refused("%s has more than %d bytes".formatted(file, LARGEST_FILE), null);
			}
			return new String(bytes, StandardCharsets.UTF_8).lines().toList();
		}
		catch (IOException ex) {
			throw refused("%s cannot be read".formatted(file), ex);
		}
	}

	private static RecipientStanzaReader reader(Path file, int line, String identity) {
		try {
			return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(identity);
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			// Without the cause: its message may quote the key.
			throw refused("line %d of %s is not an identity of age".formatted(line, file), null);
		}
	}

	private static RefusedRequest refused(String fact, @Nullable Throwable cause) {
		return new RefusedRequest(FailureCode.INVALID_USAGE, fact,
				"give the file that age-keygen wrote, with a line that begins with AGE-SECRET-KEY-1", cause);
	}

	/**
	 * @throws RefusedRequest if none of these can open it
	 * @throws IOException if the bytes break off, or were not written by age
	 */
	InputStream decrypted(InputStream stored, String what) throws IOException {
		try {
			return Channels.newInputStream(
					new StandardDecryptingChannelFactory().newDecryptingChannel(Channels.newChannel(stored), readers));
		}
		catch (UnsupportedRecipientStanzaException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"none of the identities in %s can open %s".formatted(source, what),
					"'longhaul exports list' shows the recipients it was encrypted for; give the identity of one", ex);
		}
		catch (GeneralSecurityException ex) {
			throw new IOException("it cannot be decrypted: " + ex.getMessage(), ex);
		}
	}

	List<RecipientStanzaReader> readers() {
		return List.copyOf(readers);
	}

	@Override
	public String toString() {
		return "Identities[...]";
	}

}
