package dev.longhaul.backupstore.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.longhaul.backupstore.stream.AgeLock.ForRecipients;
import dev.longhaul.backupstore.stream.AgeLock.WithPassphrase;
import dev.longhaul.backupstore.stream.OpenedDocument.Damaged;
import dev.longhaul.backupstore.stream.OpenedDocument.Locked;
import dev.longhaul.backupstore.stream.OpenedDocument.Whole;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.secret.Secret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AgeDocumentTest {

	private static final byte[] PLAIN = "the key of the bucket\n".getBytes(StandardCharsets.UTF_8);

	private static final Passphrase PASSPHRASE = Passphrase.of(Secret.of("correct horse battery staple"));

	private static final Passphrase ANOTHER = Passphrase.of(Secret.of("correct horse battery stable"));

	private static final AgeDocument LITTLE_WORK = AgeDocument.withWork(2);

	@TempDir
	private Path directory;

	private AgeKeys keys;

	private Identities identities;

	@BeforeEach
	void makeKeys() throws IOException {
		keys = AgeKeys.generate();
		identities = Identities.read(keys.writeTo(directory.resolve("key.txt")));
	}

	private byte[] forRecipient() {
		return LITTLE_WORK.encrypt(PLAIN, new ForRecipients(List.of(keys.recipient())));
	}

	private static byte[] withPassphrase() {
		return LITTLE_WORK.encrypt(PLAIN, new WithPassphrase(PASSPHRASE));
	}

	@Test
	void isOpenedByWhomItIsFor() {
		assertThat(AgeDocument.open(forRecipient(), identities)).isEqualTo(new Whole(Secret.of(PLAIN)));
		assertThat(AgeDocument.open(withPassphrase(), PASSPHRASE)).isEqualTo(new Whole(Secret.of(PLAIN)));
	}

	@Test
	void isNotOpenedByAnotherKey() throws IOException {
		Identities others = Identities.read(AgeKeys.generate().writeTo(directory.resolve("other.txt")));

		assertThat(AgeDocument.open(forRecipient(), others)).isEqualTo(new Locked("none of the identities opens it"));
		assertThat(AgeDocument.open(withPassphrase(), ANOTHER))
			.isEqualTo(new Locked("the passphrase does not open it"));
		assertThat(AgeDocument.open(withPassphrase(), identities))
			.isEqualTo(new Locked("it is locked with a passphrase, and no identity opens it"));
		assertThat(AgeDocument.open(forRecipient(), PASSPHRASE))
			.isEqualTo(new Locked("it is not locked with a passphrase but for recipients"));
	}

	@Test
	void isNeverOpenedInPart() {
		byte[] stored = withPassphrase();
		for (int length = 0; length < stored.length; length++) {
			assertThat(AgeDocument.open(Arrays.copyOf(stored, length), PASSPHRASE)).as("cut to %d bytes", length)
				.isInstanceOf(Damaged.class);
		}
		byte[] sealed = forRecipient();
		for (int length = 0; length < sealed.length; length++) {
			assertThat(AgeDocument.open(Arrays.copyOf(sealed, length), identities)).as("cut to %d bytes", length)
				.isInstanceOf(Damaged.class);
		}
	}

	/** A changed lock is nobody's lock: only there it may look like another key. */
	@Test
	void isNotOpenedIfAnyByteWasChanged() {
		for (byte[] stored : List.of(withPassphrase(), forRecipient())) {
			AgeKey key = AgeDocument.needsPassphrase(stored) ? PASSPHRASE : identities;
			int head = new String(stored, StandardCharsets.ISO_8859_1).indexOf("\n--- ");
			for (int i = 0; i < stored.length; i++) {
				byte[] changed = stored.clone();
				changed[i] ^= 1;
				OpenedDocument opened = AgeDocument.open(changed, key);
				assertThat(opened).as("byte %d changed", i).isNotInstanceOf(Whole.class);
				if (i > head) {
					assertThat(opened).as("byte %d changed", i).isInstanceOf(Damaged.class);
				}
			}
			assertThat(AgeDocument.open(Arrays.copyOf(stored, stored.length + 1), key)).isInstanceOf(Damaged.class);
		}
	}

	@Test
	void doesNotDoAllTheWorkThatAFileAsksFor() {
		String stored = new String(withPassphrase(), StandardCharsets.ISO_8859_1);
		assertThat(stored).contains(" 2\n");
		for (String work : List.of("21", "40", "63", "99")) {
			byte[] hostile = stored.replaceFirst(" 2\n", " %s\n".formatted(work)).getBytes(StandardCharsets.ISO_8859_1);
			assertThat(AgeDocument.open(hostile, PASSPHRASE)).isEqualTo(new Locked(
					"trying the passphrase would take 2^%s steps, and at most 2^20 are made".formatted(work)));
		}
		for (String nonsense : List.of("0", "02", "100", "-1", "2 3", "x", "18446744073709551618")) {
			byte[] hostile = stored.replaceFirst(" 2\n", " %s\n".formatted(nonsense))
				.getBytes(StandardCharsets.ISO_8859_1);
			assertThat(AgeDocument.open(hostile, PASSPHRASE)).as(nonsense).isInstanceOf(Damaged.class);
		}
	}

	/**
	 * Somebody who does not know the passphrase could have added it to a file of theirs.
	 */
	@Test
	void refusesAPassphraseThatIsNotTheOnlyLock() throws Exception {
		RecipientStanzaWriter one = PassphraseStanza.writer(PASSPHRASE, 2, new SecureRandom());
		RecipientStanzaWriter other = X25519RecipientStanzaWriterFactory
			.newRecipientStanzaWriter(keys.recipient().value());
		ByteArrayOutputStream stored = new ByteArrayOutputStream();
		try (WritableByteChannel channel = new StandardEncryptingChannelFactory()
			.newEncryptingChannel(Channels.newChannel(stored), List.of(one, other))) {
			channel.write(ByteBuffer.wrap(PLAIN));
		}

		assertThat(AgeDocument.open(stored.toByteArray(), PASSPHRASE)).isInstanceOf(Damaged.class);
	}

	@Test
	void boundsWhatIsReadAndWritten() {
		byte[] tooLarge = new byte[AgeDocument.LARGEST + 1];
		assertThatThrownBy(() -> LITTLE_WORK.encrypt(tooLarge, new WithPassphrase(PASSPHRASE)))
			.isInstanceOf(IllegalArgumentException.class);
		byte[] largest = new byte[AgeDocument.LARGEST];
		assertThat(AgeDocument.open(LITTLE_WORK.encrypt(largest, new WithPassphrase(PASSPHRASE)), PASSPHRASE))
			.isEqualTo(new Whole(Secret.of(largest)));
		assertThat(AgeDocument.open(new byte[AgeDocument.LARGEST_FILE + 1], PASSPHRASE)).isInstanceOf(Damaged.class);
	}

	@Test
	void makesStrongPassphrasesAndRefusesWeakOnes() {
		Passphrase made = Passphrase.generate(new Random(7));
		assertThat(made.secret().revealText()).matches("([a-km-np-z2-9]{5}-){4}[a-km-np-z2-9]{5}");
		assertThat(made.requireStrong()).isSameAs(made);
		assertThat(Passphrase.generate(new Random(8)).secret()).isNotEqualTo(made.secret());

		for (String weak : List.of("hunter2", "a", "aaaaaaaaaaaaaaaaaaaaaaa", "abababababababababab")) {
			assertThatThrownBy(() -> Passphrase.of(Secret.of(weak)).requireStrong()).isInstanceOf(RefusedRequest.class)
				.hasMessageNotContaining(weak + "'");
		}
		for (String none : List.of("", "  ", "two\nlines", "a\u0000b", "x".repeat(1025))) {
			assertThatThrownBy(() -> Passphrase.of(Secret.of(none))).isInstanceOf(RefusedRequest.class);
		}
	}

	@Test
	void readsAPassphraseWithoutTheLineFeedOfItsFile() throws IOException {
		Path file = directory.resolve("passphrase");
		for (String end : List.of("", "\n", "\r\n")) {
			Files.writeString(file, " über den Wolken " + end);
			assertThat(Passphrase.read(file).secret()).isEqualTo(Secret.of(" über den Wolken "));
		}
		Files.write(file, new byte[] { 'a', (byte) 0xff, 'b' });
		assertThatThrownBy(() -> Passphrase.read(file)).isInstanceOf(RefusedRequest.class);
		assertThatThrownBy(() -> Passphrase.read(directory)).isInstanceOf(RefusedRequest.class);
	}

	@Test
	void saysNothingOfWhatItHolds() {
		assertThat(PASSPHRASE.toString() + new WithPassphrase(PASSPHRASE) + new Whole(Secret.of(PLAIN))
				+ PASSPHRASE.secret())
			.doesNotContain("horse", "bucket");
	}

}
